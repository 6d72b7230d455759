import Chronology
package import Database
package import ErrorModel

/// The books as readers see them.
package struct BookRepository {
    private let connection: any Connection
    private let ledgerTable: LedgerTable

    package init(_ connection: any Connection) {
        self.connection = connection
        ledgerTable = LedgerTable(connection)
    }

    private static let headers = "SELECT \(BookHeader.columns) FROM qt_partnumber_books"

    /// All books, newest first.
    ///
    /// - Throws: ``UnreadableBook``: whoever decides something about all books must know all of them.
    package func books() throws -> [BookHeader] {
        try connection.rows("\(raw: Self.headers)", BookHeader.init).sorted(by: BookHeader.isNewer)
    }

    /// All books that can be read, newest first, and those that cannot.
    package func listing() throws -> BookListing {
        let found = try connection.rows("\(raw: Self.headers)") { row in
            Result { () throws(UnreadableBook) in try BookHeader(row) }
        }
        return BookListing(
            books: found.compactMap { try? $0.get() }.sorted(by: BookHeader.isNewer),
            unreadable: found.compactMap { if case .failure(let error) = $0 { error } else { nil } })
    }

    /// The active book, by the reader's own rule (<doc:ReaderProtocol#The-active-book>).
    package func activeBook() throws -> BookHeader? {
        try connection.first(
            "\(raw: Self.headers) WHERE is_active = 1 ORDER BY created_at DESC, id DESC LIMIT 1", BookHeader.init)
    }

    /// A book by `active`, version or id.
    ///
    /// - Throws: ``BookNotFound``.
    package func book(named name: String) throws -> BookHeader {
        let found: BookHeader?
        if name == "active" {
            found = try activeBook()
        } else if let id = Int64(name) {
            found = try connection.first("\(raw: Self.headers) WHERE id = \(id)", BookHeader.init)
        } else {
            found = try connection.first("\(raw: Self.headers) WHERE version = \(name)", BookHeader.init)
        }
        guard let found else { throw BookNotFound(name: name, place: connection.place) }
        return found
    }

    /// When the newest book was made; nil where there is none.
    ///
    /// - Throws: ``BookDataError`` where no further book can be made after those that stand; ``UnreadableBook``.
    func newestCreation() throws -> Instant? {
        let books = try books()
        try BookNumbering(connection: connection).checkCapacity(after: books)
        return books.first?.createdAt
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
        let look: SQL = "SELECT id FROM qt_partnumber_books WHERE is_active = 1 AND id <> \(id)"
        var active = Set(try connection.rows(look) { $0.integer(0) ?? 0 })
        if let committed = connection.engine.dialect.readingCommitted {
            // What has been committed since the transaction began, too: under REPEATABLE READ the look above is of then.
            active.formUnion(try connection.rows("\(look)\(raw: committed)") { $0.integer(0) ?? 0 })
        }
        for other in active.sorted() { try set(0, on: other) }
        try set(1, on: id)
    }

    /// Sets the flag of one book, and makes sure that nothing else of its header changes with it: a published book never
    /// does, also where a trigger that we may not see would change it.
    private func set(_ isActive: Int, on id: Int64) throws {
        // Held first: what another program had changed until then is no change of ours.
        let before = try PublishedHeader(id, on: connection, holding: true)
        let written = try connection.execute(
            "UPDATE qt_partnumber_books SET is_active = \(raw: String(isActive)) WHERE id = \(id)")
        guard written == 1 || isActive == 0 else { throw PublicationError.notActivated(id) }
        try PublishedHeader(id, on: connection).requireSame(as: before, id)
    }

    /// What the ledger says of a book; nil where another program made it.
    package func ledgerEntry(of id: Int64) throws -> LedgerEntry? {
        guard try ledgerTable.exists() else { return nil }
        guard
            let (items, partnumbers, digest, taskID) = try connection.first(
                "SELECT items, partnumbers, digest, task_id FROM pnbook_book_ledger WHERE book_id = \(id)",
                { (BookLedger.count($0, 0), BookLedger.count($0, 1), $0.text(2) ?? "", $0.text(3) ?? "") })
        else { return nil }
        // A number that no book has ever had is not believed: others reckon with it.
        return LedgerEntry(
            items: try items ?? countItems(of: id), partnumbers: partnumbers ?? 0, digest: digest, taskID: taskID)
    }

    /// The version of the book that a task has published; nil where it has published none.
    package func version(publishedBy taskID: String) throws -> String? {
        guard try ledgerTable.exists() else { return nil }
        return try connection.first("SELECT version FROM pnbook_book_ledger WHERE task_id = \(taskID)") {
            $0.text(0) ?? ""
        }
    }

    /// Reads a book item by item, in the book's order, and counts and digests it.
    ///
    /// - Parameter progress: told now and then how many items have been read; may stop the reading.
    package func measure(_ id: Int64, progress: (_ items: Int) throws -> Void = { _ in }) throws -> BookSummary {
        var follower = BookMeter()
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

    /// Hands over a book's items ordered by PN, then LOT, by UTF-8 bytes. A text that is none is handed over as it is.
    package func forEachItem(of id: Int64, _ body: (BookItem) throws -> Void) throws {
        let memory = NumberText()
        try forEachRow(of: id) { try body(BookItem($0, memory)) }
    }

    /// The same as rows: PN, LOT, flag and description.
    func forEachRow(of id: Int64, _ body: (Row) throws -> Void) throws {
        // Binary order whatever collation an adopted table has; on our own tables it is the primary key's order. MariaDB
        // sorts where a collation is named, also where it is the column's own: 24 s instead of 1 s for a million part numbers.
        let order =
            switch connection.engine {
            case .sqlite where try isUTF16(): collated(by: CodePointOrder.collation)
            case .sqlite: collated(by: "BINARY")
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
            """, body)
    }

    private func collated(by collation: String) -> String {
        "partnumber COLLATE \(collation), lot_name COLLATE \(collation)"
    }

    /// Whether a SQLite file holds its texts in UTF-16, whose bytes have an order of their own.
    private func isUTF16() throws -> Bool {
        try connection.first("PRAGMA encoding") { $0.text(0)?.hasPrefix("UTF-16") } == true
    }
}

extension BookItem {
    /// A row of PN, LOT, flag and description. A number is its text, which is put into `memory`.
    init(_ row: Row, _ memory: NumberText) {
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        self.init(
            partnumber: memory.utf8(of: row, 0) ?? empty, lot: memory.utf8(of: row, 1) ?? empty,
            isPrimary: row.number(2) == 1, description: memory.utf8(of: row, 3))
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
package struct BookSummary: Sendable, Hashable {
    package var items = 0
    package var partnumbers = 0
    package var digest = ""
}

/// No book is called by that name.
package struct BookNotFound: Diagnosable {
    package let name: String
    package let place: String

    package var description: String {
        name == "active"
            ? "\(place): there is no active book yet" : "\(place): there is no book '\(name)'"
    }

    package var category: ErrorCategory { .failed }
    package var remedy: Remedy? { name == "active" ? .createBook() : .chooseBook }
}
