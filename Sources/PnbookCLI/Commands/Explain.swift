import ArgumentParser
import Database
import Operations
import PartnumberBooks

/// `pnbook explain PN`: why a part number is in the book or not.
struct Explain: Command {
    static let configuration = CommandConfiguration(
        abstract: "Why a part number is in the book or not: its catalogue rows, what became of each, and the books.",
        discussion: """
            Rows of the catalogue are found by the same key as in a book: trimmed, and without regard to case. In the books \
            the part number is looked up as it was typed and as the catalogue spells it, each also in lower and in upper \
            case, composed and decomposed (NFC and NFD); --every-spelling reads the books whole instead.

            Exits 0 even if the part number is nowhere: that is an answer, too.
            """)

    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: "Read every item of every book, to find unexpected spellings.")
    var everySpelling = false

    @Argument(help: ArgumentHelp("The part number; quote it where it has blanks.", valueName: "pn"))
    var partnumber: String

    mutating func run(_ context: CommandContext) throws {
        let connection = try context.run.connect(for: .read)
        defer { connection.close() }
        // Rows and books from one snapshot.
        let (explanation, books) = try connection.transaction(.snapshot) {
            let explanation = try CatalogueExplainer(of: partnumber, on: connection).explain()
            let books = try PartnumberHistory.load(
                partnumber, catalogueSpellings: explanation.rows.map(\.partnumber), readsWhole: everySpelling,
                on: connection)
            return (explanation, books)
        }
        try context.print(ExplainResult(partnumber, explanation, books))
    }
}
