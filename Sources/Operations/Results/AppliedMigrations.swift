package import Chronology
package import Migrations

/// The result of a migration's task, and of `migrate up`: what was applied or adopted.
package struct AppliedMigrations: Encodable, Sendable {
    package struct Entry: Encodable, Sendable {
        package let number: Int
        package let name: String
        /// `applied` or `adopted`.
        package let method: String
        @ExplicitNull package var finishedAt: Instant?
    }

    package let migrations: [Entry]

    package init(_ entries: [HistoryEntry]) {
        migrations = entries.map {
            Entry(number: $0.number, name: $0.name, method: $0.method.rawValue, finishedAt: $0.finishedAt)
        }
    }
}
