import Chronology
import Pipelines

/// The heartbeat of a running task: says from a thread of its own that the process is alive, polls for a request to end,
/// and stops the statement that is running once there is one.
package final class Heartbeat: Sendable {
    /// Seconds between two polls; every ``pollsPerWrite``th is a written heartbeat.
    package static let pollInterval = 0.5
    private static let pollsPerWrite = 10

    /// Seconds between two written heartbeats.
    static let interval = pollInterval * Double(pollsPerWrite)

    /// Milliseconds without a heartbeat after which a run is presumed dead, where nothing else tells.
    package static let lease: Int64 = 60_000

    private let id: String
    private let connection: TaskConnection
    private let cancellation: CancellationToken
    /// The machine's own.
    private let clock: @Sendable () -> Instant
    private let isBeating = Monitor(false)

    init(
        of id: String, on connection: TaskConnection, cancellation: CancellationToken,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.id = id
        self.connection = connection
        self.cancellation = cancellation
        self.clock = clock
    }

    /// Begins; to be called once.
    ///
    /// - Throws: ``ThreadError``.
    func start() throws {
        isBeating.withLock { $0 = true }
        // Not joined at the end: the poll under way may wait for the server, and has nothing more to say.
        _ = try WorkerThread("heartbeat") { [self] in
            var polls = 0
            while !isBeating.wait(for: .seconds(Self.pollInterval), until: { !$0 }) {
                polls += 1
                poll(writing: polls % Self.pollsPerWrite == 0)
                cancellation.interruptStatements()
            }
        }
    }

    /// Ends it; a poll under way asks for nothing any more.
    func stop() {
        isBeating.withLock { $0 = false }
    }

    private func poll(writing: Bool) {
        let signal: TaskStore.TaskSignal
        do {
            let now = clock()
            signal = try connection.withStore { try writing ? $0.heartbeat(id, at: now) : $0.poll(id) }
        } catch is Cancelled {
            signal = .ended
        } catch {
            // The database cannot be asked: the next poll tries again, and the fence guards the publication.
            return
        }
        guard isBeating.withLock({ $0 }) else { return }
        switch signal {
        case .alive: break
        case .cancelRequested(let who): cancellation.request(.request(by: who))
        case .ended: cancellation.request(.revoked)
        }
    }
}
