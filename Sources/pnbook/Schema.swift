import Chronology
import Tasks
import Database
import Foundation
import MigrationScripts
import Migrations
import PartnumberBooks

extension AppContext {
    /// The runner of 026–028 on `connection`.
    func migrationRunner(on connection: any Connection) -> MigrationRunner {
        MigrationRunner(
            connection,
            migrations: MigrationScripts.all.map { script in
                Migration(
                    number: script.number, name: script.name,
                    text: connection.engine == .sqlite ? script.sqlite : script.mariadb)
            },
            ownTables: [
                InternalTable(
                    name: BookLedger.table, mariadb: BookLedger.mariadbCreation, sqlite: BookLedger.sqliteCreation),
                InternalTable(
                    name: FencingToken.table, mariadb: FencingToken.mariadbCreation, sqlite: FencingToken.sqliteCreation
                ),
            ],
            clock: currentInstant, who: triggeredBy.description, timing: cancellation.retryTiming)
    }

    /// Applies what is pending, as a task; nothing pending is no task.
    ///
    /// - Returns: the migrations applied or adopted now.
    func migrateUp(_ exclusive: ConcurrencyOptions) throws -> [HistoryEntry] {
        let connection = try connect(for: .migrate)
        defer {
            // Said, and not left to the closing, which the server notices a moment later: a creation may follow.
            try? connection.unlock(WorkKind.books.rawValue)
            connection.close()
        }
        let runner = migrationRunner(on: connection)
        if try runner.status().pending.isEmpty { return [] }
        return try asTask(.migrate, exclusive, ddl: connection) { task in
            cancellation.add(try connection.interrupter())
            defer { cancellation.removeInterrupters() }
            let entries = try runner.up { index, count, migration in
                try task.report("migrating", percent: 100 * index / max(1, count), detail: migration.title)
            }
            let document = MigrationEntries(entries)
            return (
                entries,
                .init(
                    status: .completed, message: "\(entries.count) migrations applied",
                    result: try JSONDocument.compact(document), exitCode: 0)
            )
        }.value
    }
}

/// Applied migrations in JSON.
struct MigrationEntries: Encodable {
    struct Entry: Encodable {
        let number: Int
        let name: String
        let manner: String
        let finishedAt: String?
    }

    let schema = 1
    let migrations: [Entry]

    init(_ entries: [HistoryEntry]) {
        migrations = entries.map {
            Entry(
                number: $0.number, name: $0.name, manner: $0.manner.rawValue, finishedAt: $0.finishedAt?.iso8601)
        }
    }
}
