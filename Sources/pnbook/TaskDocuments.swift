import ArgumentParser
import Chronology
import PartnumberBooks
import Tasks

/// In which shape tasks are printed.
struct TaskFormatOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// A table, or this program's JSON with --json.
        case pnbook
        /// The JSON that the host's polling client reads.
        case priceforge
    }

    @Option(name: .long, help: "'priceforge' prints the JSON that the host's polling client reads.")
    var format: Format = .pnbook
}

/// A task in JSON.
struct TaskDocument: Encodable {
    let schema = 1
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

    init(_ task: TaskRecord) {
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

/// A task as the host's polling client reads it (CONTRACT 7): three states, and its own names.
struct HostTaskDocument: Encodable {
    let id: String
    let type: String
    let status: String
    let progress: Int
    let message: String
    @ExplicitNull var result: JSONValue?
    @ExplicitNull var error: String?
    let createdAt: Instant
    @ExplicitNull var doneAt: Instant?

    init(_ task: TaskRecord) {
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
