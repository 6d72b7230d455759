import ErrorModel
import Migrations
import Operations

/// The result of `migrate up`.
struct MigrationResult: CommandResult {
    private let entries: [HistoryEntry]
    let task: TaskSummary?

    init(_ entries: [HistoryEntry], task: TaskSummary?) {
        self.entries = entries
        self.task = task
    }

    func encode(to encoder: any Encoder) throws { try AppliedMigrations(entries).encode(to: encoder) }

    var done: DisplayText? { "\(entries.count.counted("migration")) applied" }

    func text(_ style: TextStyle) -> DisplayText {
        if entries.isEmpty { return "Nothing was pending.\n" }
        return entries.map { "\(Migration.label($0.number)) \($0.name): \($0.method.rawValue)\n" }.joined()
    }
}
