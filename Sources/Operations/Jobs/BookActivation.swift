import Database
import Logging
import Migrations
package import PartnumberBooks
package import Tasks

/// Makes an existing book the active one: roll back, or forward again.
package struct BookActivation {
    /// What was done.
    package struct Outcome {
        package let book: BookHeader
        /// Of the book that became active; nil where it was active already and nothing was done.
        package let items: Int?
        /// The book that was active before; nil where there was none, and where nothing was done.
        package let before: BookHeader?
        package let task: TaskSummary?
        /// The connection broke during the commit, and a look afterwards found the book active.
        package let wasFoundActive: Bool
    }

    private let context: RunContext
    private let name: String
    private let whenBusy: TaskLauncher.WhenBusy

    /// - Parameter name: an id or a version.
    package init(_ name: String, whenBusy: TaskLauncher.WhenBusy, _ context: RunContext) {
        self.name = name
        self.whenBusy = whenBusy
        self.context = context
    }

    package func run() throws -> Outcome {
        let look = try context.connect(for: .write)
        defer { look.close() }
        try context.afterOtherMigrations(whenBusy) { try context.migrationRunner(on: look).requireComplete() }
        let named = try BookRepository(look).book(named: name)
        if named.isActive { return Outcome(book: named, items: nil, before: nil, task: nil, wasFoundActive: false) }
        look.close()
        let completed = try context.runTask(.activate, whenBusy: whenBusy) { task in
            let report = try ActivateBook(connect: { try context.connect(for: .write) }).run(name, task)
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
