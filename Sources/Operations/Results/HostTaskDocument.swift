import Chronology
package import Tasks

/// A task as the host's polling client reads it: three states, and its own names (<doc:TaskModel#The-hosts-view>).
package struct HostTaskDocument: Encodable, Sendable {
    let id: String
    let type: String
    package let status: String
    let progress: Int
    let message: String
    @ExplicitNull var result: JSONValue?
    @ExplicitNull var error: String?
    let createdAt: Instant
    @ExplicitNull var doneAt: Instant?

    package init(_ task: TaskRecord) {
        id = task.id
        type = task.type
        status =
            switch task.status {
            case .pending, .running: "running"
            case .completed, .completedWithWarnings: "completed"
            case .failed, .cancelled: "error"
            }
        progress = task.progress
        message = task.message
        createdAt = task.createdAt
        result = task.result.map(JSONValue.init(stored:))
        error = task.errorMessage
        doneAt = task.completedAt
    }
}
