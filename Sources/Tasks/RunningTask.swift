package import Chronology
import Database
package import ErrorModel
import Foundation
import Synchronization

/// A task that this process works on: its row moves as the work does, its heart beats, and it always ends.
package final class RunningTask: @unchecked Sendable {
    package let id: String
    package let type: TaskType
    package let triggeredBy: TaskTrigger
    package let startedAt: Instant
    package let cancellation: CancellationToken
    private let line: TaskConnection
    private let clocks: TaskClocks
    private let subscribers: TaskObservers
    private var lastWrite: Instant
    private var current = TaskProgress(percent: 0, phase: "", message: "")
    private let isBeating = Mutex(false)

    /// How often an unchanged phase writes its counts, in milliseconds.
    private static let writeInterval: Int64 = 1000

    /// Takes over a row that has been stored as running; see ``TaskLauncher``.
    init(
        _ record: TaskRecord, type: TaskType, triggeredBy: TaskTrigger, line: TaskConnection,
        cancellation: CancellationToken,
        clocks: TaskClocks, subscribers: TaskObservers
    ) {
        id = record.id
        self.type = type
        self.triggeredBy = triggeredBy
        self.line = line
        self.cancellation = cancellation
        self.clocks = clocks
        self.subscribers = subscribers
        startedAt = record.startedAt ?? record.createdAt
        lastWrite = startedAt
        subscribers.tell(.status(TaskEvent(record)))
    }

    /// Says how far the work is, and ends it where it has been asked to end. Written at once when the phase changes, and
    /// about once a second within one.
    ///
    /// A row that cannot be written for the moment holds no work up: the next report writes it, and the fence guards what
    /// the work does.
    ///
    /// - Parameters:
    ///   - percent: of the whole work; 100 is said by the end alone.
    ///   - count: of this phase; `detail` in words where there is nothing to count.
    /// - Throws: ``Cancelled``.
    package func report(_ phase: String, percent: Int, count: TaskCount? = nil, detail: String = "") throws {
        try cancellation.check()
        let isNewPhase = phase != current.phase
        let now = clocks.run()
        guard isNewPhase || now.milliseconds - lastWrite.milliseconds >= Self.writeInterval else { return }
        let detail = count?.words(String.init) ?? detail
        current = TaskProgress(
            percent: min(99, max(current.percent, percent)), phase: phase,
            message: detail.isEmpty ? phase : phase + ": " + detail, count: count)
        lastWrite = now
        subscribers.tell(.progress(current))
        let progress = current
        let isOurs: Bool
        do {
            isOurs = try line.perform { try $0.update(id, progress: progress.percent, message: progress.message) }
        } catch is TaskConnection.Closed {
            isOurs = false
        } catch is DatabaseError {
            return
        }
        guard isOurs else { throw revoke() }
    }

    /// Makes sure that no other run has closed this task.
    ///
    /// - Throws: ``Cancelled``, and ``DatabaseError`` where nobody can be asked.
    package func confirm() throws {
        try cancellation.check()
        do {
            if try line.perform({ try $0.pulse(id) }) == .ended { throw revoke() }
        } catch is TaskConnection.Closed {
            throw revoke()
        }
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
    package func finish(_ ending: TaskResult) throws -> Instant {
        stopBeating()
        // Closing gives the work's lock back: the next run may begin.
        defer { line.close() }
        let now = clocks.run()
        guard try write(ending, at: now) else { throw TaskError.endedElsewhere(id) }
        subscribers.tell(.status(TaskEvent(self, ending, at: now)))
        return now
    }

    /// Seconds to wait for a database that cannot be asked: a row left as running would be taken for a lost run's.
    private static let finishPatience = 30.0

    /// Writes the end.
    ///
    /// - Returns: false where somebody else has ended the task.
    private func write(_ ending: TaskResult, at now: Instant) throws -> Bool {
        let began = ContinuousClock.now
        while true {
            do {
                // An answer lost on the way is no failure: then the row says what we were about to write.
                return try line.perform { store in
                    let written = try store.finish(id, ending, at: now)
                    return try written || store.find(id)?.status == ending.status
                }
            } catch is TaskConnection.Closed {
                return false
            } catch let error as DatabaseError where error.isOutage || DatabaseError.isConflict(error) {
                guard ContinuousClock.now - began < .seconds(Self.finishPatience) else { throw error }
                Thread.sleep(forTimeInterval: Self.pollInterval)
            }
        }
    }

    /// Removes tasks that ended before `instant`; see ``TaskStore/clean(before:)``.
    package func clean(before instant: Instant) throws {
        _ = try line.perform { try $0.clean(before: instant) }
    }

    /// Ends the task as failed or cancelled, with where it stopped. What goes wrong here must not hide why it failed: the
    /// error, if any, is returned and not thrown.
    package func fail(_ reason: String, status: TaskStatus = .failed, exitCode: Int32? = nil) -> (any Error)? {
        let place = current.phase.isEmpty ? "before the first phase" : "while \(current.message)"
        do {
            try finish(
                TaskResult(status: status, message: "stopped \(place)", errorMessage: reason, exitCode: exitCode))
            return nil
        } catch {
            return error
        }
    }

    // MARK: Heartbeat

    /// Seconds between looks for a request to end; every ``beatsPerWrite``th is a written heartbeat.
    package static let pollInterval = 0.5
    private static let beatsPerWrite = 10

    /// Seconds between written heartbeats.
    static let beatInterval = pollInterval * Double(beatsPerWrite)

    /// Beats on a thread of its own until the task ends: says that the owner lives, looks for a request to end, and stops
    /// the statement that is running once there is one.
    package func startBeating() {
        isBeating.withLock { $0 = true }
        let thread = Thread { [self] in
            var looks = 0
            while true {
                Thread.sleep(forTimeInterval: Self.pollInterval)
                guard isBeating.withLock({ $0 }) else { return }
                looks += 1
                beat(writing: looks % Self.beatsPerWrite == 0)
                cancellation.interruptStatements()
            }
        }
        thread.name = "heartbeat"
        thread.start()
    }

    private func beat(writing: Bool) {
        let pulse: TaskStore.TaskSignal
        do {
            let now = clocks.machine()
            pulse = try line.perform { try writing ? $0.beat(id, at: now) : $0.pulse(id) }
        } catch is Cancelled {
            pulse = .ended
        } catch {
            // Nobody can be told; the next look tries again, and the fence guards the publication.
            return
        }
        guard isBeating.withLock({ $0 }) else { return }
        switch pulse {
        case .alive: break
        case .cancelRequested(let who): cancellation.request(.request(by: who))
        case .ended: cancellation.request(.revoked)
        }
    }

    private func stopBeating() {
        isBeating.withLock { $0 = false }
    }
}

/// The two clocks of a run.
package struct TaskClocks: Sendable {
    /// The run's own, which may be set: for what the run did and when.
    package var run: @Sendable () -> Instant
    /// The machine's: for who lives.
    package var machine: @Sendable () -> Instant

    package init(run: @escaping @Sendable () -> Instant, machine: @escaping @Sendable () -> Instant) {
        self.run = run
        self.machine = machine
    }
}

/// What subscribers in this process are told of a running task.
package struct TaskProgress: Sendable, Hashable {
    /// 0 to 99 while running.
    package var percent: Int
    /// The phase's name, in one or two words.
    package var phase: String
    /// The phase and its counts, in words.
    package var message: String
    /// Where there is something to count.
    package var count: TaskCount?
}

/// How many of what are done.
package struct TaskCount: Sendable, Hashable {
    package var done: Int
    /// Nil where it is not known.
    package var total: Int?
    /// What is counted, in the plural.
    package var unit: String

    package init(_ done: Int, of total: Int? = nil, _ unit: String) {
        self.done = done
        self.total = total
        self.unit = unit
    }

    /// `5 of 10 rows`, with the numbers written by `write`.
    package func words(_ write: (Int) -> String) -> String {
        write(done) + (total.map { " of " + write($0) } ?? "") + " " + unit
    }
}

/// What can go wrong with a task's own row.
package enum TaskError: Diagnosable, Equatable {
    /// Another process has given the task its final status.
    case endedElsewhere(String)
    case notFound(String)
    case notRunning(String, TaskStatus)

    package var description: String {
        switch self {
        case .endedElsewhere(let id): "task \(id) was ended by another process; this run stops here"
        case .notFound(let id): "there is no task \(id)"
        case .notRunning(let id, let status): "task \(id) is not running: it is \(status.rawValue)"
        }
    }

    package var category: ErrorCategory { .failed }

    package var remedy: Remedy? {
        switch self {
        case .notFound: .chooseTask
        case .endedElsewhere, .notRunning: nil
        }
    }
}
