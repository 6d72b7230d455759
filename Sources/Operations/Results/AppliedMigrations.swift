import Chronology
package import Migrations

/// The result of a migration's task, and of `migrate up`: what was applied or adopted.
package struct AppliedMigrations: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        let number: Int
        let name: String
        /// `applied` or `adopted`.
        let method: String
        @ExplicitNull var finishedAt: Instant?
    }

    let migrations: [Entry]
    /// The program's own tables that were made.
    let tables: [String]

    /// - Parameters:
    ///   - entries: those that were recorded by this run.
    ///   - tables: names of the program's own tables that it made.
    package init(_ entries: [HistoryEntry], tables: [String]) {
        self.tables = tables
        migrations = entries.map {
            Entry(number: $0.number, name: $0.name, method: $0.method.rawValue, finishedAt: $0.finishedAt)
        }
    }
}
