import Database
import Foundation
package import PartnumberBooks
import Tasks

/// Exports one book, or all of them, to a file. Not a task, because nothing in the database changes; cancelling leaves no partial file.
package struct BookExport {
    private let context: RunContext
    private let book: String
    private let path: String
    private let format: ExportFormat
    private let isPlain: Bool
    private let replacesAnything: Bool

    /// - Parameters:
    ///   - book: an id, a version, `active`, or `all` for a format that holds several.
    ///   - path: the file.
    ///   - isPlain: see ``ExportFormat/encoder(isPlain:)``.
    ///   - replacesAnything: a text may replace any file, and not only an earlier export.
    package init(
        of book: String, to path: String, as format: ExportFormat, isPlain: Bool, replacesAnything: Bool = false,
        _ context: RunContext
    ) {
        self.book = book
        self.path = path
        self.format = format
        self.isPlain = isPlain
        self.replacesAnything = replacesAnything
        self.context = context
    }

    /// Writes the file.
    ///
    /// - Throws: `Cancelled`, `ExportRefusal`, ``FileError``.
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
        guard let encoder = format.encoder(isPlain: isPlain) else {
            return try QuoteForgeExport(context: context, exporter: exporter, path: path).write(books)
        }
        let file = try AtomicFile(at: path, rights: .restricted, replacing: replaceable)
        let exported = try books.map { try exporter.write($0, as: encoder, to: file.write) }
        let bytes = try context.cancellation.withCancellationDisabled { try file.publish() }
        return ExportDocument(file: path, format: format, books: exported, bytes: bytes)
    }

    private var replaceable: AtomicFile.Replaceable {
        switch format {
        case _ where replacesAnything: .anything
        case .csv: .marked(.csv)
        case .ndjson: .marked(.ndjson)
        case .sqlite: .nothing
        }
    }
}
