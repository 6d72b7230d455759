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

    /// Permissions of an exported file, regardless of the umask: a book is not for every user of the machine.
    static let mode: mode_t = 0o640

    /// - Parameters:
    ///   - book: an id, a version, `active`, or `all` for a format that holds several.
    ///   - path: the file.
    ///   - isPlain: see ``ExportFormat/encoder(isPlain:)``.
    package init(of book: String, to path: String, as format: ExportFormat, isPlain: Bool, _ context: RunContext) {
        self.book = book
        self.path = path
        self.format = format
        self.isPlain = isPlain
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
        let file = try AtomicFile(at: path, mode: Self.mode)
        let exported = try books.map { try exporter.write($0, as: encoder, to: file.write) }
        let bytes = try context.cancellation.withCancellationDisabled { try file.publish() }
        return ExportDocument(file: path, format: format, books: exported, bytes: bytes)
    }
}
