import Database
import Operations
import Synchronization
import WebServer

/// Whether the database answers, for a monitor that has no token: it is told nothing else.
struct HealthRoute: Sendable {
    private let health: Health

    init(_ context: PnbookWebContext, _ pool: BlockingPool) {
        health = Health(context, pool)
    }

    var routes: [Route] {
        [
            Route("GET", "/healthz", .open) { _ in
                let isUp = await health.isUp()
                return .response(
                    try .json(["status": isUp ? "up" : "down"], status: isUp ? 200 : 503))
            }
        ]
    }
}

/// The last look at the database. Whoever asks often gets the same answer: anyone may ask.
private final class Health: Sendable {
    private let context: PnbookWebContext
    private let pool: BlockingPool
    private let look = Mutex<(task: Task<Bool, Never>, at: ContinuousClock.Instant)?>(nil)

    private static let age = Duration.seconds(2)

    init(_ context: PnbookWebContext, _ pool: BlockingPool) {
        self.context = context
        self.pool = pool
    }

    func isUp() async -> Bool {
        let task = look.withLock { look in
            if let look, ContinuousClock.now - look.at < Self.age { return look.task }
            let task = Task { [context, pool] in
                // A connection is not given before the server has answered several times.
                (try? await pool.run { try context.connections.open(.metrics).close() }) != nil
            }
            look = (task, .now)
            return task
        }
        return await task.value
    }
}
