import ErrorModel
import Migrations
import Operations

/// The result of `migrate up`.
struct MigrationResult: CommandResult {
    private let entries: [HistoryEntry]
    private let tables: [String]
    let task: TaskSummary?

    init(_ entries: [HistoryEntry], tables: [String], task: TaskSummary?) {
        self.entries = entries
        self.tables = tables
        self.task = task
    }

    func encode(to encoder: any Encoder) throws { try AppliedMigrations(entries, tables: tables).encode(to: encoder) }

    var done: DisplayText? { "\(entries.count.counted("migration")) applied" }

    func text(_ style: TextStyle) -> DisplayText {
        if entries.isEmpty && tables.isEmpty { return "Nothing was pending.\n" }
        // Where migrations were applied, the program's own tables go without saying.
        if entries.isEmpty { return tables.map { "\($0): made\n" }.joined() }
        return entries.map { "\(Migration.label($0.number)) \($0.name): \($0.method.text)\n" }
            .joined()
    }
}
