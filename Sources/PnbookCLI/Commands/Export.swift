import ArgumentParser
import ErrorModel
import Logging
import Operations
import PartnumberBooks

/// `pnbook export BOOK --to FILE`: a book as a file.
struct Export: Command {
    static let configuration = CommandConfiguration(
        abstract: "Write a book to a file: a workbook, CSV, NDJSON or QuoteForge's SQLite file.",
        discussion: """
            The ending of FILE decides. An earlier export is replaced in one step, and is never incomplete; any other file \
            is only replaced under --replace. With '--to -' and --format the book goes to standard output, and the report to \
            standard error.

            .xlsx is for people: spreadsheets open it with every part number as it is. \
            .csv and .ndjson are for programs. In CSV, a text that a spreadsheet would take for a formula (it begins with =, \
            +, -, @, a tab or a line break) gets an apostrophe in front, and so does one that begins with an apostrophe; \
            --plain writes the texts as they are. \
            A .db file is what QuoteForge's first synchronisation would make, with 'all' for every book; one that exists \
            is brought up to date in one transaction as the client does it: missing books are added, nothing is removed, and \
            the client may be running.

            A book without items, or whose items are not those recorded when it was made, is refused.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(
        help: ArgumentHelp("An id, a version, 'active', 'previous', 'newest', or 'all' (for .db).", valueName: "book"))
    var book: String

    @Option(
        name: .long,
        help: ArgumentHelp("The file: .xlsx, .csv, .ndjson or .db; '-' is standard output.", valueName: "file"))
    var to: String

    @Option(
        name: .long,
        help: ArgumentHelp("What is written, where the file's ending does not say it: xlsx, csv, ndjson or db."))
    var format: ExportFormat?

    @Flag(name: .long, help: "In CSV, write the texts as they are: for programs, not for spreadsheets.")
    var plain = false

    @Flag(name: .long, help: "Replace a file that is not an earlier export, too; a .db file is never replaced.")
    var replace = false

    mutating func validate() throws {
        let target = try ExportTarget(to: to, format: format)
        if book == "all", target.format != .sqlite {
            throw ValidationError(
                "a .\(target.format.rawValue) file holds one book; give an id, a version, 'active', 'previous' or 'newest'"
            )
        }
        if plain, target.format != .csv { throw ValidationError("--plain is for .csv files") }
        if replace, target.format == .sqlite {
            throw ValidationError("--replace is not for .db files; a .db file is brought up to date")
        }
        if replace, target.path == nil { throw ValidationError("--replace is for files") }
        if common.json, target.path == nil {
            throw ValidationError("--json and --to \(to) would both print to standard output; leave one of them out")
        }
    }

    mutating func run(_ context: CommandContext) throws {
        let target = try ExportTarget(to: to, format: format)
        // Not a task, because nothing in the database changes; but a signal removes an incomplete file.
        try context.watchSignals()
        guard let path = target.path else { return try stream(target.format, context) }
        try context.probeOutput()
        let document = try BookExport(
            of: book, to: .file(path), as: target.format, isPlain: plain, replacesAnything: replace, context.run
        ).run()
        context.logger.debug("wrote \(to)")
        if document.format == .sqlite, document.active == nil {
            context.logger.warn(
                "\(to) has no active book, and QuoteForge finds none in it; export 'active' or 'all' as well")
        }
        try context.print(ExportResult(document: document))
    }

    /// To standard output, and the report to standard error.
    private func stream(_ format: ExportFormat, _ context: CommandContext) throws {
        let output = context.streams.output
        if format.isBinary, output.isTerminal {
            throw UsageError(
                "a .\(format.rawValue) file is not for a terminal; redirect standard output to a file or a pipe")
        }
        try output.probe()
        let document = try BookExport(
            of: book, to: .stream { try output.write(bytes: $0) }, as: format, isPlain: plain, context.run
        ).run()
        if !context.isQuiet {
            try context.streams.errors.write(ExportResult(document: document).text(context.textStyle))
        }
    }
}
