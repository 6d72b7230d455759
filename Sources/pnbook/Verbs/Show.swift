import Database
import ArgumentParser
import Chronology
import PartnumberBooks
import Retention

/// `pnbook show BOOK`: one book, as it stands.
struct Show: Command {
    static let configuration = CommandConfiguration(
        abstract: "Show one book: its header, what it holds, why retention keeps it, and until when.",
        discussion: """
            Until when is a forecast: it assumes that new books go on coming in the rhythm of the newest ones, and says \
            which that is.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("An id, a version, or 'active'.", valueName: "book"))
    var book: String

    mutating func run(_ context: AppContext) throws {
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        let shelf = BookRepository(connection)
        let header = try shelf.book(named: book)
        let measure = try shelf.measure(header.id)
        let recorded = try shelf.ledgerEntry(of: header.id)
        let books = try shelf.books()
        let policy = RetentionPolicy.standard(zone: context.zone)
        let plan = PrunePlan(books: books, policy: policy, now: context.now, justMade: nil)
        let life = ForecastDocument(of: header, among: books, policy, now: context.now)
        let document = Document(header, measure, recorded, plan, life)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(document))
        } else if !context.isQuiet {
            try context.output.write(document.text)
        }
    }

    private struct Document: Encodable {
        let schema = 1
        let id: Int64
        let version: String
        let createdAt: Instant
        let createdBy: String
        let isActive: Bool
        let items: Int
        let partnumbers: Int
        /// Of the items as they stand.
        let digest: String
        /// What was recorded when the book was made; null for another program's book.
        @ExplicitNull var recordedDigest: String?
        @ExplicitNull var taskId: String?
        let isKept: Bool
        let reasons: [String]
        /// Null for a book that the next retention removes.
        @ExplicitNull var life: ForecastDocument?

        init(
            _ header: BookHeader, _ measure: BookSummary, _ recorded: LedgerEntry?, _ plan: PrunePlan,
            _ life: ForecastDocument?
        ) {
            id = header.id
            version = header.version
            createdAt = header.createdAt
            createdBy = header.createdBy
            isActive = header.isActive
            items = measure.items
            partnumbers = measure.partnumbers
            digest = measure.digest
            isKept = plan.kept.contains { $0.book.id == header.id }
            reasons = (plan.kept + plan.removed).first { $0.book.id == header.id }?.reasons ?? []
            recordedDigest = recorded?.digest
            taskId = recorded?.taskID
            self.life = life
        }

        var text: String {
            var table = TextTable([.left, .left])
            table.add("book", "\(version) (id \(id))" + (isActive ? ", active" : ""))
            table.add("created", "\(createdAt.readable) by \(createdBy)")
            table.add("holds", "\(items.grouped) items, \(partnumbers.grouped) part numbers")
            table.add("digest", digest)
            if let recordedDigest {
                table.add(
                    "recorded",
                    recordedDigest == digest
                        ? "the same when it was made"
                        : "ANOTHER when it was made: "
                            + recordedDigest)
            } else {
                table.add("recorded", "nothing; another program made this book")
            }
            if let taskId { table.add("task", taskId) }
            table.add(isKept ? "kept as" : "goes as", reasons.joined(separator: ", "))
            life?.add(to: &table)
            return table.text
        }
    }
}
