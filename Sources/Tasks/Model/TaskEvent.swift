package import Chronology

/// A change of state in the host's canonical form (<doc:TaskModel#Events>).
package struct TaskEvent: Sendable, Hashable {
    /// The last word of the type: `create`, `retention`, `activate`, `migrate`, `load`.
    package var task: String
    package var taskID: String
    package var isActive: Bool
    package var startedAt: Instant?
    package var finishedAt: Instant?
    /// Nil while it is active.
    package var success: Bool?

    /// Memberwise.
    package init(
        task: String, taskID: String, isActive: Bool, startedAt: Instant?, finishedAt: Instant?, success: Bool?
    ) {
        self.task = task
        self.taskID = taskID
        self.isActive = isActive
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.success = success
    }

    /// The state of a stored task.
    package init(_ record: TaskRecord) {
        task = Self.word(record.type)
        taskID = record.id
        isActive = !record.status.isFinal
        startedAt = record.startedAt
        finishedAt = record.completedAt
        success = record.status.isFinal ? record.status.isSuccess : nil
    }

    init(_ run: RunningTask, _ ending: TaskResult, at now: Instant) {
        task = Self.word(run.type.rawValue)
        taskID = run.id
        isActive = false
        startedAt = run.startedAt
        finishedAt = now
        success = ending.status.isSuccess
    }

    /// The last word of a type's name.
    package static func word(_ type: String) -> String {
        type.split(separator: "_").last.map(String.init) ?? type
    }
}
