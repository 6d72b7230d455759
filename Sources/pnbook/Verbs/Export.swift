import ArgumentParser
import Database
import Logging
import PartnumberBooks
import Tasks

/// `pnbook export BOOK --to FILE`: a book as a file.
struct Export: Command {
    static let configuration = CommandConfiguration(
        abstract: "Write a book to a file: QuoteForge's SQLite file, CSV or NDJSON.",
        discussion: """
            The ending of FILE decides. A .csv or .ndjson file is replaced in one step, and is never half a file. \
            A .db file is what QuoteForge's first synchronisation would make, with 'all' for every book; one that is there \
            already is brought up to date in one transaction as the client does it: missing books are added, nothing is \
            removed, the client may be running.

            In CSV, a text that a spreadsheet would take for a formula (it begins with =, +, -, @, a tab or a line \
            break) gets an apostrophe in front, and so does one that begins with an apostrophe; --plain writes the texts as \
            they are. A book without items, or whose items are not those recorded when it was made, is refused.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("An id, a version, 'active', or 'all' (for .db).", valueName: "book"))
    var book: String

    @Option(name: .long, help: ArgumentHelp("The file: .db, .csv or .ndjson.", valueName: "file"))
    var to: String

    @Flag(name: .long, help: "In CSV, write the texts as they are: for programs, not for spreadsheets.")
    var plain = false

    mutating func validate() throws {
        guard let form = ExportForm(ofFile: to) else {
            throw ValidationError(
                "--to '\(to)': the ending says what is written: .db (QuoteForge's SQLite file), .csv or .ndjson")
        }
        if book == "all", form != .sqlite {
            throw ValidationError("a .\(form.rawValue) file holds one book; give an id, a version or 'active'")
        }
        if plain, form != .csv { throw ValidationError("--plain is for .csv files") }
    }

    mutating func run(_ context: AppContext) throws {
        guard let form = ExportForm(ofFile: to) else { return }
        // No task, for nothing in the database changes; but a signal takes away what is half written.
        Signals.block()
        try Signals.watch(context.cancellation) { number in
            context.logger.warning("signal \(number): undoing the work; a second signal ends at once")
        }
        try context.probeOutput()
        let document: ExportDocument
        do {
            document = try write(form, context)
        } catch {
            throw context.cancellation.translating(error)
        }
        if document.form == .sqlite, document.active == nil {
            context.logger.warning(
                "\(to) has no active book, and QuoteForge finds none in it; export 'active' or 'all' as well")
        }
        let done = "\(to) is written"
        if context.isJSON {
            try context.write(JSONDocument.pretty(document), done: done)
        } else if !context.isQuiet {
            try context.write(document.text, done: done)
        }
    }

    private func write(_ form: ExportForm, _ context: AppContext) throws -> ExportDocument {
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        context.cancellation.add(try connection.interrupter())
        defer { context.cancellation.removeInterrupters() }
        try connection.begin(.snapshot)
        let exporter = BookExporter(connection) { try context.cancellation.check() }
        let books = try exporter.books(named: book)
        switch form {
        case .csv, .ndjson:
            let file = try AtomicFile(at: to, mode: ExportForm.mode)
            let exported = try books.map { book in
                form == .csv
                    ? try exporter.write(book, as: CSVItems(isPlain: plain), to: file.write)
                    : try exporter.write(book, as: NDJSONItems(), to: file.write)
            }
            let bytes = try context.cancellation.withCancellationDisabled { try file.publish() }
            return ExportDocument(file: to, form: form, books: exported, bytes: bytes)
        case .sqlite:
            return try QuoteForgeExport(context: context, exporter: exporter, path: to).write(books)
        }
    }
}
