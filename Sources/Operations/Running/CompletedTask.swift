import Chronology
import Tasks

/// The value that a task made, and how it ended.
struct CompletedTask<Value> {
    let value: Value
    let task: RunningTask
    let status: TaskStatus
    let completedAt: Instant

    var summary: TaskSummary { TaskSummary(task, status: status, completedAt: completedAt) }
}
