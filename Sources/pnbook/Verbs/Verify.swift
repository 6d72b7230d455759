import ArgumentParser
import Database
import Logging
import PartnumberBooks

/// `pnbook verify [BOOK]`: does everything hold that readers rely on?
struct Verify: Command {
    static let configuration = CommandConfiguration(
        abstract: "Check what readers rely on, with the statements that they send; changes nothing.",
        discussion: """
            Of all books together: one is active, headers can be read, no id was ever another book's, no header is without \
            items and no item without a header. Of each book: its texts are trimmed and not too long, flags are 0 or 1, \
            nothing stands twice, and the items are those that were published.

            Exits 0 when all of it holds, and 1 when a promise is broken; the report says which, and the way out.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var readerDatabase: ReaderDatabaseOptions

    @Flag(name: .long, help: "Also: is the active book what the catalogue would give now? If it is not, exit 1.")
    var againstCatalogue = false

    @Argument(
        help: ArgumentHelp(
            "An id, a version, or 'active': read this book's items only. The checks of all books together always run. "
                + "(default: all books)", valueName: "book"))
    var book: String?

    mutating func run(_ context: AppContext) throws {
        let reader = try readerDatabase.connect()
        let record = try context.connect(for: .read)
        defer {
            reader?.close()
            record.close()
        }
        let report = try VerifyBooks(reader: reader ?? record, record: record).run(
            book, againstCatalogue: againstCatalogue)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(VerifyDocument(report)))
        } else if !context.isQuiet {
            try context.output.write(report.text)
        } else {
            for finding in report.broken { context.logger.warning("\(TextTable.visible(finding.sentence))") }
        }
        if !report.broken.isEmpty { throw Ending(code: ExitStatus.failed.rawValue) }
    }
}

/// The report in JSON.
private struct VerifyDocument: Encodable {
    struct Check: Encodable {
        let check: String
        let result: String
        let message: String

        init(_ finding: Finding) {
            check = finding.promise.rawValue
            result = finding.result.rawValue
            message = finding.text
        }
    }

    struct Book: Encodable {
        let id: Int64
        let version: String
        let isActive: Bool
        let items: Int
        let partnumbers: Int
        let digest: String
        @ExplicitNull var recordedDigest: String?
        let checks: [Check]
        let notes: [String]

        init(_ book: BookFindings) {
            id = book.id
            version = book.version
            isActive = book.isActive
            items = book.measure.items
            partnumbers = book.measure.partnumbers
            digest = book.measure.digest
            checks = book.findings.map(Check.init)
            notes = book.notes
            recordedDigest = book.recordedDigest
        }
    }

    let schema = 1
    let holds: Bool
    /// Of all books together.
    let shelf: [Check]
    let books: [Book]
    /// Null where it was not asked for.
    @ExplicitNull var catalogue: Check?

    init(_ report: VerifyReport) {
        holds = report.broken.isEmpty
        shelf = report.shelf.map(Check.init)
        books = report.books.map(Book.init)
        catalogue = report.catalogue.map(Check.init)
    }
}
