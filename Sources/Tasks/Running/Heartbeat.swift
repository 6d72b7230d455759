package import Chronology
import Pipelines

/// The heartbeat of a running task: records from a thread of its own that the process is alive, polls for a cancel request,
/// and interrupts the running statement once there is one.
package final class Heartbeat: Sendable {
    /// Seconds between two polls; every `pollsPerWrite`th is a written heartbeat.
    package static let pollInterval = 0.5
    private static let pollsPerWrite = 10

    /// Seconds between two written heartbeats.
    static let interval = pollInterval * Double(pollsPerWrite)

    /// Milliseconds without a heartbeat after which a run is presumed dead, where nothing better is known.
    package static let lease: Int64 = 60_000

    /// Seconds in which a heartbeat must arrive of a run that is alive, as slow as its server may be.
    static let listening = 2.5 * interval

    /// When a run on a cluster is presumed dead, unless another heartbeat follows this one.
    package static func presumedDead(after heartbeat: Instant) -> Instant {
        Instant(milliseconds: heartbeat.milliseconds + lease + Int64(listening * 1000))
    }

    /// Milliseconds by which two machines' clocks may differ without anyone noticing.
    static let clockTolerance: Int64 = 10_000

    private let id: String
    private let connection: TaskConnection
    private let cancellation: CancellationToken
    /// The machine's own clock.
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

    /// Starts the thread; to be called once.
    ///
    /// - Throws: ``Pipelines/ThreadError``.
    func start() throws {
        isBeating.withLock { $0 = true }
        // Not joined at the end: a poll in flight may wait for the server, and no longer matters.
        _ = try WorkerThread("heartbeat") { [self] in
            var polls = 0
            while !isBeating.wait(for: .seconds(Self.pollInterval), until: { !$0 }) {
                polls += 1
                poll(writing: polls % Self.pollsPerWrite == 0)
                cancellation.interruptStatements()
            }
        }
    }

    /// Ends it; a poll in flight no longer has any effect.
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
            // The database cannot be reached: the next poll tries again, and the fencing token guards the publication.
            return
        }
        guard isBeating.withLock({ $0 }) else { return }
        cancellation.heed(signal)
    }
}

extension CancellationToken {
    /// Does what the task's row says.
    func heed(_ signal: TaskStore.TaskSignal) {
        switch signal {
        case .alive: break
        case .cancelRequested(let who): request(.request(by: who))
        case .ended: request(.revoked)
        }
    }
}
