package import Chronology
package import Database

/// A book's header.
package struct BookHeader: Sendable, Hashable {
    package let id: Int64
    package let version: String
    package let createdAt: Instant
    package let createdBy: String
    package let isActive: Bool
}

/// The books as readers see them.
package struct BookShelf {
    private let connection: any Connection

    package init(_ connection: any Connection) {
        self.connection = connection
    }

    private static let headers = "SELECT id, version, created_at, created_by, is_active FROM qt_partnumber_books"

    /// All books, newest first.
    package func books() throws -> [BookHeader] {
        try connection.rows("\(raw: Self.headers) ORDER BY created_at DESC, id DESC", header)
    }

    /// The active book, by the reader's own rule (CONTRACT 6.4).
    package func activeBook() throws -> BookHeader? {
        try connection.first(
            "\(raw: Self.headers) WHERE is_active = 1 ORDER BY created_at DESC, id DESC LIMIT 1", header)
    }

    /// A book by `active`, version or id.
    ///
    /// - Throws: ``BookNotFound``.
    package func book(named name: String) throws -> BookHeader {
        let found: BookHeader?
        if name == "active" {
            found = try activeBook()
        } else if let id = Int64(name) {
            found = try connection.first("\(raw: Self.headers) WHERE id = \(id)", header)
        } else {
            found = try connection.first("\(raw: Self.headers) WHERE version = \(name)", header)
        }
        guard let found else { throw BookNotFound(name: name, place: connection.place) }
        return found
    }

    private func header(_ row: Row) throws -> BookHeader {
        let text = row.text(2) ?? ""
        guard let createdAt = Instant(sqlText: text) else {
            throw UnreadableBook(id: row.integer(0) ?? 0, createdAt: text)
        }
        return BookHeader(
            id: row.integer(0) ?? 0, version: row.text(1) ?? "", createdAt: createdAt, createdBy: row.text(3) ?? "",
            isActive: row.integer(4) == 1)
    }

    /// When the newest book was made; nil where there is none.
    func newestCreation() throws -> Instant? {
        try connection.first("\(raw: Self.headers) ORDER BY created_at DESC LIMIT 1", header)?.createdAt
    }

    /// How many items a book has: as the ledger says, for a published book never changes, else counted.
    func knownItems(of id: Int64) throws -> Int {
        try ledgerEntry(of: id)?.items ?? countItems(of: id)
    }

    package func countItems(of id: Int64) throws -> Int {
        try connection.count("SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id = \(id)")
    }

    func hasItems(_ id: Int64) throws -> Bool {
        try connection.count("SELECT EXISTS (SELECT 1 FROM qt_partnumber_book_items WHERE book_id = \(id))") == 1
    }

    /// Makes `id` the one active book, inside the caller's transaction. Off first, then on: the database refuses two.
    ///
    /// Each header is asked for by its key: to look for the active one while writing would wait for whoever holds any.
    func activate(_ id: Int64) throws {
        let active = try connection.rows("SELECT id FROM qt_partnumber_books WHERE is_active = 1 AND id <> \(id)") {
            $0.integer(0) ?? 0
        }
        for other in active {
            try connection.execute("UPDATE qt_partnumber_books SET is_active = 0 WHERE id = \(other)")
        }
        let written = try connection.execute("UPDATE qt_partnumber_books SET is_active = 1 WHERE id = \(id)")
        guard written == 1 else { throw PublicationError.notActivated(id) }
    }

    /// What the ledger says of a book; nil where another program made it.
    package func ledgerEntry(of id: Int64) throws -> LedgerEntry? {
        guard try connection.columns(of: BookLedger.table) != nil else { return nil }
        return try connection.first(
            "SELECT items, partnumbers, digest, task_id FROM pnbook_book_ledger WHERE book_id = \(id)"
        ) { row in
            LedgerEntry(
                items: Int(row.integer(0) ?? 0), partnumbers: Int(row.integer(1) ?? 0), digest: row.text(2) ?? "",
                taskID: row.text(3) ?? "")
        }
    }

    /// The version of the book that a task has published; nil where it has published none.
    package func version(publishedBy taskID: String) throws -> String? {
        guard try connection.columns(of: BookLedger.table) != nil else { return nil }
        return try connection.first("SELECT version FROM pnbook_book_ledger WHERE task_id = \(taskID)") {
            $0.text(0) ?? ""
        }
    }

    /// Reads a book item by item, in the book's order, and counts and digests it.
    ///
    /// - Parameter progress: told now and then how many items have been read; may stop the reading.
    package func measure(_ id: Int64, progress: (_ items: Int) throws -> Void = { _ in }) throws -> BookMeasure {
        var follower = BookFollower()
        try forEachItem(of: id) { item in
            follower.add(item)
            if follower.items % ProgressStep.rows == 0 { try progress(follower.items) }
        }
        return follower.finish()
    }

    /// Whether the items' own collation on MariaDB is the order of a book.
    private func comparesByBytes() throws -> Bool {
        try connection.count(
            """
            SELECT COUNT(*) FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = 'qt_partnumber_book_items'
                AND column_name IN ('partnumber', 'lot_name') AND collation_name = 'utf8mb4_nopad_bin'
            """) == 2
    }

    /// Hands over a book's items ordered by PN, then LOT, by UTF-8 bytes.
    package func forEachItem(of id: Int64, _ body: (BookItem) throws -> Void) throws {
        // Binary order whatever collation an adopted table has; on our own tables it is the primary key's order. MariaDB
        // sorts where a collation is named, also where it is the column's own: 24 s instead of 1 s for a million part numbers.
        let order =
            switch connection.engine {
            case .sqlite: "partnumber COLLATE BINARY, lot_name COLLATE BINARY"
            case .mariadb where try comparesByBytes(): "partnumber, lot_name"
            // In another character set the collation would be an error.
            case .mariadb:
                "CONVERT(partnumber USING utf8mb4) COLLATE utf8mb4_nopad_bin, "
                    + "CONVERT(lot_name USING utf8mb4) COLLATE utf8mb4_nopad_bin"
            }
        try connection.forEachRow(
            """
            SELECT partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items
            WHERE book_id = \(id) ORDER BY \(raw: order)
            """
        ) { row in
            try body(BookItem(row))
        }
    }
}

extension BookItem {
    /// A row of PN, LOT, flag and description.
    init(_ row: Row) {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        self.init(
            partnumber: row.utf8(0) ?? empty, lot: row.utf8(1) ?? empty, isPrimary: row.integer(2) == 1,
            description: row.utf8(3))
    }
}

/// What the program recorded of a book when it made it.
package struct LedgerEntry: Sendable, Hashable {
    package let items: Int
    package let partnumbers: Int
    package let digest: String
    package let taskID: String
}

/// What a book's items amount to, read from the table.
package struct BookMeasure: Sendable, Hashable {
    package var items = 0
    package var partnumbers = 0
    package var digest = ""
}

package struct BookNotFound: Error, CustomStringConvertible {
    package let name: String
    package let place: String

    package var description: String {
        name == "active"
            ? "\(place): there is no active book yet; make one with 'pnbook create'"
            : "\(place): there is no book '\(name)'; give an id or a version of 'pnbook list', or 'active'"
    }
}

/// A header of another program's that cannot be read.
package struct UnreadableBook: Error, CustomStringConvertible {
    package let id: Int64
    package let createdAt: String

    package var description: String {
        "book \(id) has a created_at that is no date and time: '\(createdAt)'. Mend it in qt_partnumber_books"
    }
}
