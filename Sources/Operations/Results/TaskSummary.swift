import Chronology
import Tasks

/// A task in a result, in JSON: which run it was, and how it ended (<doc:JSONOutput#Task-summary>).
package struct TaskSummary: Encodable, Sendable {
    var id: String
    var type: String
    var status: String
    var triggeredBy: String
    var startedAt: Instant
    @ExplicitNull var completedAt: Instant?

    init(
        id: String, type: String, status: String, triggeredBy: String, startedAt: Instant, completedAt: Instant?
    ) {
        self.id = id
        self.type = type
        self.status = status
        self.triggeredBy = triggeredBy
        self.startedAt = startedAt
        self.completedAt = completedAt
    }

    init(_ task: RunningTask, status: TaskStatus, completedAt: Instant?) {
        self.init(
            id: task.id, type: task.type.rawValue, status: status.rawValue, triggeredBy: task.triggeredBy.description,
            startedAt: task.startedAt, completedAt: completedAt)
    }
}
