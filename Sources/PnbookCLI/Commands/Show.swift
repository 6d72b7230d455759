import ArgumentParser
import Database
import Operations
import PartnumberBooks
import Retention

/// `pnbook show BOOK`: one book.
struct Show: Command {
    static let configuration = CommandConfiguration(
        abstract: "Show one book: its header, what it holds, why retention keeps it, and until when.",
        discussion: """
            Until when is a forecast: it assumes that books keep coming at the interval of the newest ones, and says which \
            interval that is.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("An id, a version, or 'active', 'previous', 'newest'.", valueName: "book"))
    var book: String

    mutating func run(_ context: CommandContext) throws {
        let connection = try context.run.connect(for: .read)
        defer { connection.close() }
        let repository = BookRepository(connection)
        let header = try repository.book(named: book)
        let measure = try repository.items.measure(header.id)
        let recorded = try repository.ledgerEntry(of: header.id)
        let books = try repository.books()
        let policy = RetentionPolicy.standard(zone: context.run.zone)
        let marks = try repository.readableMarks(of: books)
        let plan = PrunePlan(books: books, marks: marks, policy: policy, now: context.run.now, justMade: nil)
        let forecast = ForecastDocument(of: header, among: books, marks, policy, now: context.run.now)
        try context.print(
            ShowResult(
                header, measure, recorded, marks, plan, forecast,
                activation: try repository.activations.last(of: header.id)))
    }
}
