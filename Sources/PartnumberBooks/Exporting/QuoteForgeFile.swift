import Chronology
import Database
import ErrorModel

/// The books in QuoteForge's own SQLite file (<doc:ReaderProtocol#The-clients-file>).
struct QuoteForgeFile {
    let connection: any Connection

    private static let books = "local_partnumber_books"
    private static let items = "local_partnumber_book_items"

    private static let columns = [
        books: ["id", "server_id", "version", "created_at", "is_active"],
        items: ["id", "book_id", "partnumber", "lot_name", "is_primary_pn", "description"],
    ]

    /// A book that the file holds already.
    struct Held {
        /// The file's own id.
        let id: Int64
        let version: String
        let hasItems: Bool
    }

    /// Makes the tables in a new file, with the client's types and the names that its library gives to indexes, and an index
    /// for its look-up of a part number.
    func create() throws {
        try connection.execute(
            """
            CREATE TABLE local_partnumber_books (
                id INTEGER PRIMARY KEY,
                server_id INTEGER NOT NULL,
                version TEXT NOT NULL,
                created_at DATETIME NOT NULL,
                is_active NUMERIC NOT NULL DEFAULT 0
            )
            """)
        try connection.execute(
            "CREATE UNIQUE INDEX idx_local_partnumber_books_server_id ON local_partnumber_books (server_id)")
        try connection.execute(
            """
            CREATE TABLE local_partnumber_book_items (
                id INTEGER PRIMARY KEY,
                book_id INTEGER NOT NULL,
                partnumber TEXT NOT NULL,
                lot_name TEXT NOT NULL,
                is_primary_pn NUMERIC NOT NULL DEFAULT 0,
                description TEXT
            )
            """)
        try connection.execute(
            "CREATE INDEX idx_local_partnumber_book_items_book_pn ON local_partnumber_book_items (book_id, partnumber)")
    }

    /// Checks an existing file: further tables and columns are the client's own business.
    ///
    /// - Throws: `QuoteForgeFileError`.
    func requireTables() throws {
        for (table, needed) in Self.columns.sorted(by: { $0.key < $1.key }) {
            guard let found = try connection.columns(of: table) else {
                throw QuoteForgeFileError.missing(place: connection.place, what: "no table \(table)")
            }
            let names = Set(found.map { $0.name.lowercased() })
            let missing = needed.filter { !names.contains($0) }
            guard missing.isEmpty else {
                throw QuoteForgeFileError.missing(
                    place: connection.place, what: "no \(missing.joined(separator: ", ")) in its table \(table)")
            }
        }
    }

    /// The books that the file holds, by the server's id.
    func held() throws -> [Int64: Held] {
        let books = try connection.rows(
            """
            SELECT server_id, id, version, EXISTS (SELECT 1 FROM local_partnumber_book_items i WHERE i.book_id = b.id)
            FROM local_partnumber_books b WHERE server_id IS NOT NULL ORDER BY id
            """
        ) { row in
            (
                row.integer(0) ?? 0,
                Held(id: row.integer(1) ?? 0, version: row.text(2) ?? "", hasItems: row.integer(3) == 1)
            )
        }
        return Dictionary(books) { first, _ in first }
    }

    /// Appends a header, not active yet.
    ///
    /// - Returns: the file's own id.
    func append(_ book: BookHeader) throws -> Int64 {
        // As the client's library writes a time and reads it back.
        let createdAt = book.createdAt.sqlText + "+00:00"
        try connection.execute(
            """
            INSERT INTO local_partnumber_books (server_id, version, created_at, is_active)
            VALUES (\(book.id), \(book.version), \(createdAt), 0)
            """)
        return connection.lastInsertedID
    }

    /// An insert of a book's items; columns in the order of ``QuoteForgeSync``.
    func itemInsert(bookID: Int64) throws -> any BulkInsert {
        try connection.bulkInsert(
            into: Self.items, columns: ["partnumber", "lot_name", "is_primary_pn", "description"],
            fixed: [FixedColumn("book_id", bookID)])
    }

    /// Makes the books with these server's ids active and all others not. Off first, should the file refuse two.
    func setActive(_ serverIDs: [Int64]) throws {
        let isWanted = "server_id IN (\(serverIDs.map { "\($0)" }.joined(separator: ", ")))"
        try connection.execute(
            """
            UPDATE local_partnumber_books SET is_active = 0
            WHERE is_active IS NOT 0 AND (server_id IS NULL OR NOT \(raw: isWanted))
            """)
        try connection.execute(
            "UPDATE local_partnumber_books SET is_active = 1 WHERE is_active IS NOT 1 AND \(raw: isWanted)")
    }

    /// The book that the client takes as the active one (<doc:ReaderProtocol#The-active-book>); nil where the file has none.
    func activeVersion() throws -> String? {
        try connection.first(
            "SELECT version FROM local_partnumber_books WHERE is_active = 1 ORDER BY created_at DESC, id DESC LIMIT 1"
        ) { $0.text(0) ?? "" }
    }
}
