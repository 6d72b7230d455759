package import Chronology
package import Tasks

/// The value that a task made, and how it ended.
package struct CompletedTask<Value> {
    package let value: Value
    package let task: RunningTask
    package let status: TaskStatus
    package let completedAt: Instant

    package var summary: TaskSummary { TaskSummary(task, status: status, completedAt: completedAt) }
}
