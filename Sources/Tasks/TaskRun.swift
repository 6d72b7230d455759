package import Chronology

/// A task that this process works on: its row moves as the work does, and always ends.
package final class TaskRun {
    package let id: String
    package let type: TaskType
    package let triggeredBy: TriggeredBy
    package let startedAt: Instant
    private let store: TaskStore
    private let clock: () -> Instant
    private let observer: (Progress) -> Void
    private var lastWrite: Instant
    private var current = Progress(percent: 0, phase: "", message: "")

    /// What subscribers in this process are told.
    package struct Progress: Sendable, Hashable {
        /// 0 to 99 while running.
        package var percent: Int
        /// The phase's name, in one or two words.
        package var phase: String
        /// The phase and its counts, in words.
        package var message: String
    }

    /// How often an unchanged phase writes its counts, in milliseconds.
    private static let writeInterval: Int64 = 1000

    /// Stores the task as running.
    package init(
        _ type: TaskType, id: String, triggeredBy: TriggeredBy, store: TaskStore, clock: @escaping () -> Instant,
        observer: @escaping (Progress) -> Void
    ) throws {
        self.id = id
        self.type = type
        self.triggeredBy = triggeredBy
        self.store = store
        self.clock = clock
        self.observer = observer
        startedAt = clock()
        lastWrite = startedAt
        try store.prepare()
        try store.insert(
            TaskRecord(
                id: id, type: type.rawValue, status: .running, progress: 0, message: "started",
                triggeredBy: triggeredBy.description, createdAt: startedAt, startedAt: startedAt))
    }

    /// Says how far the work is. Written at once when the phase changes, and about once a second within one.
    ///
    /// - Parameter percent: of the whole work; 100 is said by the end alone.
    package func report(_ phase: String, percent: Int, detail: String = "") throws {
        let isNewPhase = phase != current.phase
        let now = clock()
        guard isNewPhase || now.milliseconds - lastWrite.milliseconds >= Self.writeInterval else { return }
        current = Progress(
            percent: min(99, max(current.percent, percent)), phase: phase,
            message: detail.isEmpty ? phase : phase + ": " + detail)
        lastWrite = now
        observer(current)
        guard try store.update(id, progress: current.percent, message: current.message) else {
            throw TaskError.endedElsewhere(id)
        }
    }

    /// Ends the task.
    ///
    /// - Returns: when it ended.
    @discardableResult
    package func finish(_ ending: TaskEnding) throws -> Instant {
        let now = clock()
        guard try store.finish(id, ending, at: now) else { throw TaskError.endedElsewhere(id) }
        return now
    }

    /// Ends the task as failed, with where it stopped. What goes wrong here must not hide why it failed: the error, if
    /// any, is returned and not thrown.
    package func fail(_ reason: String) -> (any Error)? {
        let place = current.phase.isEmpty ? "before the first phase" : "while \(current.message)"
        do {
            try finish(TaskEnding(status: .failed, message: "stopped \(place)", errorMessage: reason))
            return nil
        } catch {
            return error
        }
    }
}

/// What can go wrong with a task's own row.
package enum TaskError: Error, Equatable, CustomStringConvertible {
    /// Another process has given the task its final status.
    case endedElsewhere(String)
    case notFound(String)

    package var description: String {
        switch self {
        case .endedElsewhere(let id): "task \(id) was ended by another process; this run stops here"
        case .notFound(let id): "there is no task \(id); see 'pnbook task list'"
        }
    }
}
