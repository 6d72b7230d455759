package import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
package import Migrations
import PartnumberBooks
package import Tasks

extension RunContext {
    /// A runner for this program's migrations on `connection`.
    package func migrationRunner(on connection: any Connection) -> MigrationRunner {
        MigrationRunner(
            ofThisProgramOn: connection, clock: currentInstant, who: trigger.description,
            timing: cancellation.retryTiming)
    }

    /// An error as it is to be told; see ``ConnectionFactory/explaining(_:lookingAs:)``.
    package func explaining(_ error: any Error) -> any Error { connections.explaining(error, lookingAs: .read) }

    /// Applies what is pending and makes what tables of the program's own are missing, as a task; if there is nothing, no task is made.
    ///
    /// - Returns: the migrations applied or adopted now, and the names of the program's own tables that were made.
    package func migrateUp(whenBusy: TaskLauncher.WhenBusy) throws -> (entries: [HistoryEntry], tables: [String]) {
        let connection = try connect(for: .migrate)
        defer {
            // Released here and not by closing, which the server notices a moment later: a creation may follow at once.
            try? connection.unlock(WorkKind.books.rawValue)
            connection.close()
        }
        let runner = migrationRunner(on: connection)
        let before = try runner.status()
        if before.isComplete { return ([], []) }
        let tables = (before.missingOwnTables + before.missingLaterTables).map(\.name)
        return try runTask(.migrate, whenBusy: whenBusy, ddl: connection) { task in
            cancellation.add(try connection.interrupter())
            defer { cancellation.removeInterrupters() }
            let entries = try runner.up { index, count, migration in
                try task.report("migrating", percent: 100 * index / max(1, count), detail: migration.title)
            }
            let done: String =
                entries.isEmpty
                ? "\(tables.count.counted("table")) made" : "\(entries.count.counted("migration")) applied"
            return (
                (entries, tables),
                TaskResult(
                    status: .completed, message: done,
                    result: try JSONDocument.stored(AppliedMigrations(entries, tables: tables)), exitCode: 0)
            )
        }.value
    }

    /// What `--migrate` does before a book is made. Tables that runs can do without are no reason to lose a night: where only such are
    /// missing and this account may not make them, a warning says so.
    func migrateBeforeBook(whenBusy: TaskLauncher.WhenBusy) throws {
        do {
            _ = try migrateUp(whenBusy: whenBusy)
        } catch {
            let connection = try connect(for: .read)
            defer { connection.close() }
            guard [.permission, .schema].contains(ErrorCategory(of: error)),
                (try? migrationRunner(on: connection).requireComplete()) != nil
            else { throw error }
            logger.warn(
                "tables of the program's own are missing and could not be made; the book is made without them. \(describeFailure(error).message)"
            )
        }
    }
}
