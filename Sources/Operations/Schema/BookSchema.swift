package import Database
import Foundation
import MigrationScripts
package import Migrations
import PartnumberBooks
package import Tasks

extension RunContext {
    /// A runner for this program's migrations on `connection`.
    package func migrationRunner(on connection: any Connection) -> MigrationRunner {
        MigrationRunner(
            connection,
            migrations: MigrationScripts.all.map { script in
                let text =
                    switch connection.engine {
                    case .sqlite: script.sqlite
                    case .mariadb: script.mariadb
                    }
                return Migration(number: script.number, name: script.name, text: text)
            },
            ownTables: [BookLedger.definition, FencingToken.definition],
            clock: currentInstant, who: trigger.description, timing: cancellation.retryTiming)
    }

    /// Applies what is pending, as a task; if nothing is, no task is made.
    ///
    /// - Returns: the migrations applied or adopted now.
    package func migrateUp(whenBusy: TaskLauncher.WhenBusy) throws -> [HistoryEntry] {
        let connection = try connect(for: .migrate)
        defer {
            // Released here and not by closing, which the server notices a moment later: a creation may follow at once.
            try? connection.unlock(WorkKind.books.rawValue)
            connection.close()
        }
        let runner = migrationRunner(on: connection)
        if try runner.status().pending.isEmpty { return [] }
        return try runTask(.migrate, whenBusy: whenBusy, ddl: connection) { task in
            cancellation.add(try connection.interrupter())
            defer { cancellation.removeInterrupters() }
            let entries = try runner.up { index, count, migration in
                try task.report("migrating", percent: 100 * index / max(1, count), detail: migration.title)
            }
            return (
                entries,
                TaskResult(
                    status: .completed, message: "\(entries.count) migrations applied",
                    result: try JSONDocument.stored(AppliedMigrations(entries)), exitCode: 0)
            )
        }.value
    }
}
