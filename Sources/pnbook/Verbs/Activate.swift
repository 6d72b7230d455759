import ArgumentParser
import Chronology
import Database
import Logging
import Migrations
import PartnumberBooks
import Tasks

/// `pnbook activate BOOK`: roll back, or forward again.
struct Activate: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a book that stands the active one: roll back, or forward again.",
        discussion: """
            One commit: readers see the one or the other, whole. A book without items is refused, and so is one whose items are \
            not those recorded when it was made. The next 'create' makes a new book and activates that: hold the timer, \
            or mend the catalogue, before it runs.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var exclusive: ConcurrencyOptions

    @Argument(help: ArgumentHelp("An id or a version of 'pnbook list'.", valueName: "book"))
    var book: String

    var isDryRun: Bool { false }

    mutating func run(_ context: AppContext) throws {
        try context.probeOutput()
        let look = try context.connect(for: .write)
        defer { look.close() }
        try context.afterOthers(exclusive) { try context.migrationRunner(on: look).requireComplete() }
        let name = book
        let named = try BookRepository(look).book(named: name)
        if named.isActive {
            return try present(
                Document(named, items: nil, before: nil), "was active already; nothing was changed", context)
        }
        look.close()
        let result = try context.asTask(.activate, exclusive) { task in
            let report = try ActivateBook(connect: { try context.connect(for: .write) }).run(name, task)
            let document = Document(report.book, items: report.items, before: report.before)
            return (
                report,
                TaskResult(
                    status: .completed, message: "\(report.book.version) is active",
                    result: try JSONDocument.compact(document), exitCode: 0)
            )
        }
        let report = result.value
        if report.wasFoundActive {
            context.logger.warning("the connection broke during the commit; looked afterwards: the book is active")
        }
        let words = report.before.map { "is active in place of \($0.version) (id \($0.id))" } ?? "is active"
        try present(Document(report.book, items: report.items, before: report.before), words, context)
    }

    private struct Document: Encodable {
        struct Book: Encodable {
            let id: Int64
            let version: String
        }

        let schema = 1
        let active: Book
        /// Null where nothing was to be done.
        @ExplicitNull var items: Int?
        @ExplicitNull var before: Book?

        init(_ book: BookHeader, items: Int?, before: BookHeader?) {
            active = Book(id: book.id, version: book.version)
            self.items = items
            self.before = before.map { Book(id: $0.id, version: $0.version) }
        }
    }

    private func present(_ document: Document, _ words: String, _ context: AppContext) throws {
        let done = "\(document.active.version) is active"
        if context.isJSON {
            try context.write(JSONDocument.pretty(document), done: done)
        } else if !context.isQuiet {
            try context.write("\(document.active.version) (id \(document.active.id)) \(words).\n", done: done)
        }
    }
}
