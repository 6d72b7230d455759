import Database
import Logging
import Migrations
package import PartnumberBooks
package import Tasks

/// Makes an existing book the active one: roll back, or forward again.
package struct BookActivation {
    /// What was done.
    package struct Outcome {
        /// The book that is active now.
        package let book: BookHeader
        /// Items of the book that became active; nil if it was active already and nothing was done.
        package let items: Int?
        /// The book that was active before; nil if there was none or nothing was done.
        package let before: BookHeader?
        /// Nil if nothing was done.
        package let task: TaskSummary?
        /// The connection broke during the commit, and a look afterwards found the book active.
        package let wasFoundActive: Bool
    }

    private let context: RunContext
    private let name: String
    private let whenBusy: TaskLauncher.WhenBusy

    /// - Parameter name: as `BookRepository.book(named:)` takes it.
    package init(_ name: String, whenBusy: TaskLauncher.WhenBusy, _ context: RunContext) {
        self.name = name
        self.whenBusy = whenBusy
        self.context = context
    }

    /// Activates the book, as a task; if it is active already, does nothing and needs no task.
    ///
    /// - Throws: `SchemaError`, `DatabaseBusyError`, `Cancelled`, and the repository's errors for a book that does not exist.
    package func run() throws -> Outcome {
        let connection = try context.connect(for: .write)
        defer { connection.close() }
        try context.afterOtherMigrations(whenBusy) { try context.migrationRunner(on: connection).requireComplete() }
        let named = try BookRepository(connection).book(named: name)
        if named.isActive { return Outcome(book: named, items: nil, before: nil, task: nil, wasFoundActive: false) }
        connection.close()
        let completed = try context.runTask(.activate, whenBusy: whenBusy) { task in
            // By its id: 'previous' means the book that was the previous one when it was asked for, also after a wait.
            let report = try ActivateBook(
                now: context.currentInstant(), connect: { try context.connect(for: .write) },
                release: context.connections.release
            ).run(String(named.id), task)
            let document = ActivationDocument(report.book, items: report.items, before: report.before)
            return (
                report,
                TaskResult(
                    status: .completed, message: "\(report.book.version) is active",
                    result: try JSONDocument.stored(document), exitCode: 0)
            )
        }
        let report = completed.value
        return Outcome(
            book: report.book, items: report.items, before: report.before, task: completed.summary,
            wasFoundActive: report.wasFoundActive)
    }
}
