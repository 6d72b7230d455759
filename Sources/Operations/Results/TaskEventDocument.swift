import Chronology
package import Tasks

/// The canonical event of a task's state, in JSON (<doc:TaskModel#Events>).
package struct TaskEventDocument: Encodable, Sendable {
    let type = "task_status"
    let source = "partnumber_books"
    let task: String
    let taskId: String
    let active: Bool
    @ExplicitNull var startedAt: Instant?
    @ExplicitNull var finishedAt: Instant?
    @ExplicitNull var success: Bool?

    package init(_ event: TaskEvent) {
        task = event.task
        taskId = event.taskID
        active = event.isActive
        startedAt = event.startedAt
        finishedAt = event.finishedAt
        success = event.success
    }
}
