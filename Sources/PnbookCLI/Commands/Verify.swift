import ArgumentParser
import Database
import ErrorModel
import Operations
import PartnumberBooks

/// `pnbook verify [BOOK]`: is everything true that readers rely on (<doc:ReaderProtocol#Promises>)?
struct Verify: Command {
    static let configuration = CommandConfiguration(
        abstract: "Check what readers rely on, with the statements that they send; changes nothing.",
        discussion: """
            For all books together: one is active, headers can be read, no id was ever another book's, no header is without \
            items and no item without a header. For each book: its texts are trimmed and not too long, flags are 0 or 1, \
            nothing occurs twice, and the items are those that were published.

            Exits 0 if all of this holds, and 1 if a promise is broken; the report says which, and what to do.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var readerDatabase: ReaderDatabaseOptions

    @Flag(name: .long, help: "Also check whether the active book is what the catalogue would give now; if not, exit 1.")
    var againstCatalogue = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many books the server of --reader-database may be behind: exit 1 where it is more. (default: only told)",
            valueName: "count"))
    var maxLag: Int?

    @Argument(
        help: ArgumentHelp(
            "An id, a version, or 'active', 'previous', 'newest': read only this book's items. The checks of all books together always run. "
                + "(default: all books)", valueName: "book"))
    var book: String?

    mutating func run(_ context: CommandContext) throws {
        try checkLag()
        let reader = try readerDatabase.connect()
        let record = try context.run.connect(for: .read)
        defer {
            reader?.close()
            record.close()
        }
        let report = try VerifyBooks(reader: reader ?? record, record: record, toleratedLag: maxLag).run(
            book, againstCatalogue: againstCatalogue)
        try context.print(VerifyResult(report))
    }

    private func checkLag() throws {
        guard let maxLag else { return }
        if readerDatabase.readerDatabase == nil {
            throw UsageError("--max-lag is for --reader-database, which is not given")
        }
        if maxLag < 0 { throw UsageError("--max-lag must be 0 or more") }
    }
}
