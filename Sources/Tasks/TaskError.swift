/// What can go wrong with a task's own row.
package enum TaskError: Error, Equatable, CustomStringConvertible {
    /// Another process has given the task its final status.
    case endedElsewhere(String)
    case notFound(String)
    case notRunning(String, TaskStatus)

    package var description: String {
        switch self {
        case .endedElsewhere(let id): "task \(id) was ended by another process; this run stops here"
        case .notFound(let id): "there is no task \(id); see 'pnbook task list'"
        case .notRunning(let id, let status): "task \(id) is not running: it is \(status.rawValue)"
        }
    }
}
