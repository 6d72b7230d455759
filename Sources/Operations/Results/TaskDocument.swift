import Chronology
package import Tasks

/// A task in JSON.
package struct TaskDocument: Encodable, Sendable {
    let id: String
    let type: String
    let status: String
    let progress: Int
    let message: String
    @ExplicitNull var result: JSONValue?
    @ExplicitNull var errorMessage: String?
    let triggeredBy: String
    let createdAt: Instant
    @ExplicitNull var startedAt: Instant?
    @ExplicitNull var completedAt: Instant?
    @ExplicitNull var host: String?
    @ExplicitNull var pid: Int?
    @ExplicitNull var heartbeatAt: Instant?
    @ExplicitNull var cancelRequestedBy: String?
    @ExplicitNull var exitCode: Int32?

    package init(_ task: TaskRecord) {
        id = task.id
        type = task.type
        status = task.status.rawValue
        progress = task.progress
        message = task.message
        triggeredBy = task.triggeredBy
        createdAt = task.createdAt
        result = task.result.map(JSONValue.init(stored:))
        errorMessage = task.errorMessage
        startedAt = task.startedAt
        completedAt = task.completedAt
        host = task.owner?.host
        pid = (task.owner?.pid).map(Int.init)
        heartbeatAt = task.heartbeatAt
        cancelRequestedBy = task.cancelRequestedBy
        exitCode = task.exitCode
    }
}
