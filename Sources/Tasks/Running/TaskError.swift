package import ErrorModel

/// What can go wrong with a task's own row.
package enum TaskError: Diagnosable, Equatable {
    /// Another process has given the task its final status.
    case endedElsewhere(String)
    case notFound(String)
    case notRunning(String, TaskStatus)

    package var text: DisplayText {
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
