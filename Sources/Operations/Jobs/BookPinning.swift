import Database
package import ErrorModel
import Migrations
package import PartnumberBooks
import Retention
import Tasks

/// Keeps a book for good, or lets it go. No task: it takes a moment, and must be possible while a run is at work.
package struct BookPinning {
    /// What was done.
    package struct Outcome: Sendable {
        package let report: PinBook.Report
        /// Why retention keeps the book as it is now; nil for one that it removes, or that does not exist.
        package let keepReasons: [DisplayText]?
        /// Why the next retention removes it; empty for one that it keeps, or that does not exist.
        package let removalReasons: [DisplayText]

        /// False for a book that was pinned with that note, or not pinned, before as well.
        package var isChanged: Bool { report.before != report.after }
    }

    private let context: RunContext
    private let name: String

    /// - Parameter name: as `BookRepository.book(named:)` takes it.
    package init(_ name: String, _ context: RunContext) {
        self.name = name
        self.context = context
    }

    /// Keeps the book for good, or gives its pin another note.
    ///
    /// - Throws: `PinRefusal`, `BookNotFound`, `SchemaError`.
    package func pin(note: String) throws -> Outcome {
        // Before the database: a note that is refused is refused without one.
        try BookPin.check(note: note)
        return try change {
            try $0.pin(name, note: note, by: context.trigger.description, at: context.currentInstant())
        }
    }

    /// Lets the book go.
    ///
    /// - Throws: `BookNotFound`, `SchemaError`.
    package func unpin() throws -> Outcome { try change { try $0.unpin(name) } }

    private func change(_ body: (PinBook) throws -> PinBook.Report) throws -> Outcome {
        let connection = try context.connect(for: .write)
        defer { connection.close() }
        try context.migrationRunner(on: connection).requireComplete()
        let report = try body(PinBook(connection, timing: context.cancellation.retryTiming))
        let shelf = BookRepository(connection)
        let books = try shelf.listing().books
        let plan = PrunePlan(
            books: books, marks: try shelf.readableMarks(of: books), policy: .standard(zone: context.zone),
            now: context.now, justMade: nil)
        return Outcome(
            report: report, keepReasons: plan.kept.first { $0.book.id == report.id }?.words,
            removalReasons: plan.removed.first { $0.book.id == report.id }?.words ?? [])
    }
}
