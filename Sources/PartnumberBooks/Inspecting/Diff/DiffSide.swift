package import Database
import FoundationEssentials
import Glibc

/// One side of a comparison: a book that exists, or the one that the catalogue would give now.
package struct DiffSide {
    /// What the catalogue is called where a book can be named.
    package static let catalogueName = "catalogue"

    /// Nil for the catalogue.
    package let book: BookHeader?
    private let open: () throws -> BookCursor

    /// A side by its name.
    ///
    /// - Parameters:
    ///   - name: what ``BookRepository/book(named:)`` takes, or `catalogue`, which is read and built at once.
    ///   - connection: in a snapshot, and used by nothing else until the comparison has ended.
    ///   - temporaryFolder: where building may put a temporary file.
    /// - Throws: ``BookNotFound``; for the catalogue what building a book throws.
    package init(
        _ name: String, on connection: any Connection, temporaryFolder: String = TemporaryFolder.path
    ) throws {
        guard name == Self.catalogueName else {
            let book = try BookRepository(connection).book(named: name)
            self.book = book
            open = { try BookCursor(book.id, on: connection) }
            return
        }
        book = nil
        let builder = try CatalogueReader(connection).readInSnapshot(temporaryFolder: temporaryFolder)
        open = { try BookCursor { _ = try builder.finish(emit: $0) } }
    }

    /// Its items in order.
    func cursor() throws -> BookCursor { try open() }
}
