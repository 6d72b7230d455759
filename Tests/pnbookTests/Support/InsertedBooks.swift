import Database
import Foundation
import TestSupport

extension TestDatabase {
    /// Writes a book past the program, as another program would: a header and `items` items, nothing in our ledger.
    ///
    /// - Parameter createdAt: UTC, as it is stored.
    func insertBook(version: String, createdAt: String, items: Int = 1) throws {
        let connection = try connect()
        defer { connection.close() }
        try connection.transaction(.write) {
            try connection.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\(version), \(createdAt), 'by hand', 0)
                """)
            let id = connection.lastInsertedID
            for number in 1...items {
                try connection.execute(
                    """
                    INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)
                    VALUES (\(id), \("PN-\(number)"), \("LOT-\(number)"), 1, NULL)
                    """)
            }
        }
    }

    /// The database as messages name it: the schema or the file.
    var schemaOrPath: String { engine == .sqlite ? path : schema }

    /// How many items have no book; there must be none.
    func orphans() throws -> String {
        try rows(
            """
            SELECT COUNT(*) FROM qt_partnumber_book_items
            WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books)
            """
        ).first?.first ?? ""
    }
}
