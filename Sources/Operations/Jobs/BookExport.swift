import Database
import ErrorModel
import FoundationEssentials
import Glibc
package import PartnumberBooks
import Tasks

/// Exports one book, or all of them. Not a task, because nothing in the database changes; cancelling leaves no partial file.
package struct BookExport {
    /// Where a book goes.
    package enum Target {
        case file(String)
        /// Standard output, or whatever takes bytes in order and can give none back.
        case stream((UnsafeRawBufferPointer) throws -> Void)
    }

    private let context: RunContext
    private let book: String
    private let target: Target
    private let format: ExportFormat
    private let isPlain: Bool
    private let replacesAnything: Bool

    /// - Parameters:
    ///   - book: an id, a version, `active`, or `all` for a format that holds several.
    ///   - target: a database takes a file.
    ///   - isPlain: see ``ExportFormat/content(isPlain:)``.
    ///   - replacesAnything: any file may be replaced, and not only an earlier export.
    package init(
        of book: String, to target: Target, as format: ExportFormat, isPlain: Bool, replacesAnything: Bool = false,
        _ context: RunContext
    ) {
        self.book = book
        self.target = target
        self.format = format
        self.isPlain = isPlain
        self.replacesAnything = replacesAnything
        self.context = context
    }

    /// Writes the file.
    ///
    /// - Throws: `Cancelled`, `ExportRefusal`, `WorkbookError`, ``FileError``, and what the stream throws.
    package func run() throws -> ExportDocument {
        do {
            return try write()
        } catch {
            throw context.cancellation.translating(error)
        }
    }

    private func write() throws -> ExportDocument {
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        context.cancellation.add(try connection.interrupter())
        defer { context.cancellation.removeInterrupters() }
        try connection.begin(.snapshot)
        let exporter = BookExporter(connection) { try context.cancellation.check() }
        let books = try exporter.books(named: book)
        switch target {
        case .file(let path): return try write(books, exporter, to: path)
        case .stream(let write): return try self.write(books, exporter, write)
        }
    }

    private func write(_ books: [BookHeader], _ exporter: BookExporter, to path: String) throws -> ExportDocument {
        guard let mark = format.mark else {
            return try QuoteForgeExport(context: context, exporter: exporter, path: path).write(books)
        }
        let file = try AtomicFile(
            at: path, rights: .restricted, replacing: replacesAnything ? .anything : .marked(mark))
        let exported = try books.map { try export($0, exporter, file.write) }
        let bytes = try context.cancellation.withCancellationDisabled { try file.publish() }
        return ExportDocument(file: path, format: format, books: exported, bytes: bytes)
    }

    /// Reads each book twice: the first time writes nothing, so that nothing of a book that is not whole, or that the format
    /// cannot hold, has gone out when that turns out at its end.
    private func write(
        _ books: [BookHeader], _ exporter: BookExporter, _ write: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws -> ExportDocument {
        for book in books { _ = try export(book, exporter) { _ in } }
        var bytes = 0
        let exported = try books.map { book in
            try export(book, exporter) { piece in
                try write(piece)
                bytes += piece.count
            }
        }
        return ExportDocument(file: "-", format: format, books: exported, bytes: bytes)
    }

    private func export(
        _ book: BookHeader, _ exporter: BookExporter, _ output: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws -> ExportedBook {
        switch format.content(isPlain: isPlain) {
        case .text(let encoder): return try exporter.write(book, as: encoder, to: output)
        case .workbook: return try exporter.writeWorkbook(of: book, to: output)
        case .database: throw UsageError("a .\(format.rawValue) file is not written as a stream")
        }
    }
}

extension ExportFormat {
    /// How an earlier export begins, which may be replaced; nil for a file that is brought up to date instead.
    fileprivate var mark: FileMark? {
        switch self {
        case .sqlite: nil
        case .csv: .csv
        case .ndjson: .ndjson
        case .workbook: .workbook
        }
    }
}
