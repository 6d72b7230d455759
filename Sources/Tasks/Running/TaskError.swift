package import ErrorModel

/// What can go wrong with a task's own row.
package enum TaskError: Diagnosable, Equatable {
    /// Another process has given the task its final status.
    case endedElsewhere(String)
    case notFound(String)
    case notRunning(String, TaskStatus)
    /// A beginning of an id that is too short to name a task by.
    case tooShort(String)
    /// A beginning of several ids; the newest of those tasks.
    case ambiguous(String, [TaskRecord])
    /// No id was given, and nothing is running; the task that was begun last, if there is one.
    case noneRunning(last: TaskRecord?)
    /// No id was given, and several tasks are running.
    case severalRunning([TaskRecord])

    package var text: DisplayText {
        switch self {
        case .endedElsewhere(let id): "task \(id) was ended by another process; this run stops here"
        case .notFound(let id): "there is no task \(id)"
        case .notRunning(let id, let status): "task \(id) is not running: it is \(DisplayText.term(status.rawValue))"
        case .tooShort(let name):
            "'\(name)' is too short for a task's name: give at least \(TaskStore.shortestName) characters of its id"
        case .ambiguous(let name, let tasks):
            "'\(name)' is the beginning of several tasks' ids: \(Self.list(tasks))"
        case .noneRunning(nil): "no task is running, and none has ever run here"
        case .noneRunning(let last?):
            "no task is running; the last one was \(Self.line(last)), and it is \(DisplayText.term(last.status.rawValue))"
        case .severalRunning(let tasks): "several tasks are running: \(Self.list(tasks)); give the id of one"
        }
    }

    package var category: ErrorCategory { .failed }

    package var remedy: Remedy? {
        switch self {
        case .notFound, .tooShort: .chooseTask
        case .noneRunning(let last?): .showTask(id: last.id)
        case .endedElsewhere, .notRunning, .ambiguous, .noneRunning(nil), .severalRunning: nil
        }
    }

    private static func list(_ tasks: [TaskRecord]) -> DisplayText {
        let lines = tasks.prefix(TaskStore.mostCandidates).map(line)
        let named = DisplayText(lines.joined(separator: ", "))
        return tasks.count > lines.count ? "\(named) and more" : named
    }

    private static func line(_ task: TaskRecord) -> String { "\(task.id) (\(task.type))" }
}
