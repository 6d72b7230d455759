package import Chronology
import Database

/// A task that this process works on: it keeps its row up to date, has a heartbeat, and always ends.
///
/// It belongs to the thread that does the work; only ``TaskConnection`` and ``CancellationToken`` are shared with the
/// heartbeat's thread.
package final class RunningTask {
    package let id: String
    package let type: TaskType
    package let triggeredBy: TaskTrigger
    package let startedAt: Instant
    package let cancellation: CancellationToken
    private let connection: TaskConnection
    private let clocks: TaskClocks
    private let observers: TaskObservers
    private let heartbeat: Heartbeat
    private var lastWrite: Instant
    private var current = TaskProgress(percent: 0, phase: "", message: "")

    /// How often an unchanged phase writes its counts, in milliseconds.
    private static let writeInterval: Int64 = 1000

    /// Takes over a row that has been stored as running; see ``TaskLauncher``.
    init(
        _ record: TaskRecord, type: TaskType, triggeredBy: TaskTrigger, connection: TaskConnection,
        cancellation: CancellationToken, clocks: TaskClocks, observers: TaskObservers
    ) {
        id = record.id
        self.type = type
        self.triggeredBy = triggeredBy
        self.connection = connection
        self.cancellation = cancellation
        self.clocks = clocks
        self.observers = observers
        heartbeat = Heartbeat(of: record.id, on: connection, cancellation: cancellation, clock: clocks.machine)
        startedAt = record.startedAt ?? record.createdAt
        lastWrite = startedAt
        observers.publish(.status(TaskEvent(record)))
    }

    /// Starts the heartbeat, which goes on until the task ends.
    ///
    /// - Throws: ``Pipelines/ThreadError``.
    func startHeartbeat() throws {
        try heartbeat.start()
    }

    /// Reports progress, and checks for cancellation. The row is written at once when the phase changes, and about once a
    /// second within a phase.
    ///
    /// A row that cannot be written at the moment does not delay the work: the next report writes it, and the fencing token
    /// guards what the work does.
    ///
    /// - Parameters:
    ///   - percent: of the whole work; only the end is 100.
    ///   - count: of this phase; `detail` is for a phase in which nothing is counted.
    /// - Throws: ``Cancelled``.
    package func report(_ phase: String, percent: Int, count: TaskCount? = nil, detail: String = "") throws {
        try cancellation.check()
        let isNewPhase = phase != current.phase
        let now = clocks.run()
        guard isNewPhase || now.milliseconds - lastWrite.milliseconds >= Self.writeInterval else { return }
        let detail = count?.text(String.init) ?? detail
        current = TaskProgress(
            percent: min(99, max(current.percent, percent)), phase: phase,
            message: detail.isEmpty ? phase : phase + ": " + detail, count: count)
        lastWrite = now
        observers.publish(.progress(current))
        let isOurs: Bool
        do {
            isOurs = try connection.withStore { try $0.update(id, progress: current.percent, message: current.message) }
        } catch is TaskConnection.Closed {
            isOurs = false
        } catch is DatabaseError {
            return
        }
        guard isOurs else { throw revoke() }
    }

    /// Makes sure that no other run has closed this task and that nobody has asked for its end, though the heartbeat may not have
    /// seen it yet.
    ///
    /// - Throws: ``Cancelled``, and ``Database/DatabaseError`` where the database cannot be reached.
    package func confirm() throws {
        try cancellation.check()
        do {
            cancellation.heed(try connection.withStore { try $0.poll(id) })
        } catch is TaskConnection.Closed {
            throw revoke()
        }
        try cancellation.check()
    }

    /// The same, as far as the row can be read at the moment: a request that cannot be read is none that could be heeded.
    ///
    /// - Throws: ``Cancelled``.
    package func heedRequest() throws {
        do {
            try confirm()
        } catch let cancelled as Cancelled {
            throw cancelled
        } catch {}
    }

    private func revoke() -> Cancelled {
        cancellation.request(.revoked)
        return Cancelled(reason: .revoked)
    }

    /// Ends the task.
    ///
    /// - Returns: when it ended.
    /// - Throws: ``TaskError/endedElsewhere(_:)``.
    @discardableResult
    package func finish(_ result: TaskResult) throws -> Instant {
        heartbeat.stop()
        // Closing releases the work's lock: the next run may begin.
        defer { connection.close() }
        let now = clocks.run()
        guard try write(result, at: now) else { throw TaskError.endedElsewhere(id) }
        observers.publish(.status(TaskEvent(self, result, at: now)))
        return now
    }

    /// The end waits for a database that cannot be reached: a row left as running would look like a dead run's. Work that is
    /// done is given as long as the work itself; what has failed has waited before.
    private static func finishRetries(after result: TaskResult) -> RetryPolicy {
        let patience = Duration.seconds(result.status.isSuccess ? 60 : 30)
        return RetryPolicy(.time(patience), delay: .constant(.milliseconds(500))) { error in
            (error as? DatabaseError)?.isOutage == true || error is DatabaseError && DatabaseError.isConflict(error)
        }
    }

    /// Writes the end.
    ///
    /// - Returns: false where another process has ended the task.
    private func write(_ result: TaskResult, at now: Instant) throws -> Bool {
        do {
            return try Self.finishRetries(after: result).run {
                // A lost answer is not a failure if the row already says what we were about to write.
                try connection.withStore(ending: true) { store in
                    let written = try store.finish(id, result, at: now)
                    return try written || store.find(id)?.status == result.status
                }
            }
        } catch is TaskConnection.Closed {
            return false
        }
    }

    /// Removes tasks that ended before `instant`; see ``TaskStore/clean(before:)``.
    package func clean(before instant: Instant) throws {
        _ = try connection.withStore { try $0.clean(before: instant) }
    }

    /// Ends the task as failed or cancelled, and records where it stopped. An error here must not hide why the task failed, so
    /// it is returned and not thrown.
    ///
    /// - Parameter result: a JSON document of what was found out before; nil for nothing.
    package func fail(
        _ reason: String, status: TaskStatus = .failed, exitCode: Int32? = nil, result: String? = nil
    ) -> (any Error)? {
        let place = current.phase.isEmpty ? "before the first phase" : "while \(current.message)"
        do {
            try finish(
                TaskResult(
                    status: status, message: "stopped \(place)", result: result, errorMessage: reason,
                    exitCode: exitCode))
            return nil
        } catch {
            return error
        }
    }
}
