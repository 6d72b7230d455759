import ArgumentParser
import ErrorModel
import Logging
import Operations
import PartnumberBooks

/// `pnbook export BOOK --to FILE`: a book as a file.
struct Export: Command {
    static let configuration = CommandConfiguration(
        abstract: "Write a book to a file: QuoteForge's SQLite file, CSV or NDJSON.",
        discussion: """
            The ending of FILE decides. A .csv or .ndjson file of an earlier export is replaced in one step, and is never \
            incomplete; any other file is only replaced under --replace. \
            A .db file is what QuoteForge's first synchronisation would make, with 'all' for every book; one that exists \
            is brought up to date in one transaction as the client does it: missing books are added, nothing is removed, and \
            the client may be running.

            In CSV, a text that a spreadsheet would take for a formula (it begins with =, +, -, @, a tab or a line \
            break) gets an apostrophe in front, and so does one that begins with an apostrophe; --plain writes the texts as \
            they are. A book without items, or whose items are not those recorded when it was made, is refused.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(
        help: ArgumentHelp("An id, a version, 'active', 'previous', 'newest', or 'all' (for .db).", valueName: "book"))
    var book: String

    @Option(name: .long, help: ArgumentHelp("The file: .db, .csv or .ndjson.", valueName: "file"))
    var to: String

    @Flag(name: .long, help: "In CSV, write the texts as they are: for programs, not for spreadsheets.")
    var plain = false

    @Flag(name: .long, help: "Replace a .csv or .ndjson file that is not an earlier export, too.")
    var replace = false

    mutating func validate() throws {
        guard let format = ExportFormat(ofFile: to) else {
            throw ValidationError(
                "--to '\(to)': the ending decides what is written: .db (QuoteForge's SQLite file), .csv or .ndjson")
        }
        if book == "all", format != .sqlite {
            throw ValidationError(
                "a .\(format.rawValue) file holds one book; give an id, a version, 'active', 'previous' or 'newest'")
        }
        if plain, format != .csv { throw ValidationError("--plain is for .csv files") }
        if replace, format == .sqlite {
            throw ValidationError("--replace is for .csv and .ndjson files; a .db file is brought up to date")
        }
    }

    mutating func run(_ context: CommandContext) throws {
        guard let format = ExportFormat(ofFile: to) else { return }
        // Not a task, because nothing in the database changes; but a signal removes an incomplete file.
        try context.watchSignals()
        try context.probeOutput()
        let document = try BookExport(
            of: book, to: to, as: format, isPlain: plain, replacesAnything: replace, context.run
        ).run()
        context.logger.debug("wrote \(to)")
        if document.format == .sqlite, document.active == nil {
            context.logger.warn(
                "\(to) has no active book, and QuoteForge finds none in it; export 'active' or 'all' as well")
        }
        try context.print(ExportResult(document: document))
    }
}
