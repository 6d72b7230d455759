import Chronology
import ErrorModel
import Operations
import Tasks

/// The result of `task list`.
struct TaskListResult: CommandResult {
    private let tasks: [TaskDocument]
    private let records: [TaskRecord]

    private enum CodingKeys: CodingKey {
        case tasks
    }

    init(tasks records: [TaskRecord]) {
        self.records = records
        tasks = records.map(TaskDocument.init)
    }

    func text(_ style: TextStyle) -> DisplayText {
        if records.isEmpty { return "There are no tasks yet.\n" }
        var table = TextTable(
            [.left, .left, .left, .right, .left, .left],
            header: ["id", "type", "status", "%", "started (UTC)", "message"])
        for task in records {
            table.add(
                task.id, task.type, task.status.rawValue, String(task.progress),
                String((task.startedAt ?? task.createdAt).readable.dropLast(4)),
                Self.brief(task.errorMessage ?? task.message))
        }
        return table.text
    }

    /// One line for a table's row; 'task show' has the whole text.
    private static func brief(_ message: String) -> String {
        let line = message.firstLine ?? ""
        return (line.utf8.count < message.utf8.count ? line + "…" : line).cut(to: 100)
    }
}
