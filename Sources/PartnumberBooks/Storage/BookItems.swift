import Database

/// The items of books, `qt_partnumber_book_items`.
package struct BookItems {
    static let table = "qt_partnumber_book_items"

    private let connection: any Connection

    init(_ connection: any Connection) {
        self.connection = connection
    }

    // MARK: Counting

    package func count(in book: Int64) throws -> Int {
        try connection.count("SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id = \(book)")
    }

    func exist(in book: Int64) throws -> Bool {
        try connection.count("SELECT EXISTS (SELECT 1 FROM qt_partnumber_book_items WHERE book_id = \(book))") == 1
    }

    /// The first book after another one, or of all, that has items: one look into the index, however many they are. Nil after
    /// the last.
    ///
    /// - Returns: the book's id, nil where an adopted SQLite table holds no number; and its text.
    func nextBook(after book: Int64?) throws -> (id: Int64?, text: String)? {
        let query: SQL =
            if let book {
                "SELECT MIN(book_id) FROM qt_partnumber_book_items WHERE book_id > \(book)"
            } else {
                "SELECT MIN(book_id) FROM qt_partnumber_book_items"
            }
        return try connection.first(query) { row in row.text(0).map { (row.integer(0), $0) } } ?? nil
    }

    /// Whether there are items whose book is NULL.
    func existWithoutBook() throws -> Bool {
        try connection.count("SELECT EXISTS (SELECT 1 FROM qt_partnumber_book_items WHERE book_id IS NULL)") == 1
    }

    // MARK: Reading

    /// The reader's statement: rows of ``ItemColumns`` in whatever order the database has them.
    func forEachRowAsReader(in book: Int64, _ body: (Row) throws -> Void) throws {
        try connection.forEachRow(
            "SELECT \(raw: ItemColumns.list) FROM qt_partnumber_book_items WHERE book_id = \(book)", body)
    }

    /// Rows of ``ItemColumns`` in the book's order.
    func forEachRow(in book: Int64, _ body: (Row) throws -> Void) throws {
        try connection.forEachRow(try ordered(book), body)
    }

    private func ordered(_ book: Int64) throws -> SQL {
        """
        SELECT \(raw: ItemColumns.list) FROM qt_partnumber_book_items
        WHERE book_id = \(book) ORDER BY \(raw: try order())
        """
    }

    /// Whether the engine has a book's items in their order, as in our own tables, and need not sort all of them before it has
    /// the first.
    func comeInOrder(in book: Int64) throws -> Bool {
        let query = try ordered(book)
        let steps =
            switch connection.engine {
            case .sqlite: try connection.rows("EXPLAIN QUERY PLAN \(query)") { $0.text(3) ?? "" }
            case .mariadb: try connection.rows("EXPLAIN \(query)") { $0.text(9) ?? "" }
            }
        return !steps.contains { step in ["TEMP B-TREE", "filesort", "temporary"].contains { step.contains($0) } }
    }

    /// A book's items would have to be sorted first.
    struct NotInOrder: Error {}

    /// Hands over a book's items ordered by PN, then LOT, by UTF-8 bytes. A text that is not UTF-8 is handed over as it is.
    package func forEachItem(in book: Int64, _ body: (BookItem) throws -> Void) throws {
        let memory = NumberText()
        try forEachRow(in: book) { try body(BookItem($0, memory)) }
    }

    /// Reads a book item by item, in the book's order, and counts and digests it.
    ///
    /// - Parameter progress: told now and then how many items have been read; may stop the reading.
    package func measure(_ book: Int64, progress: (_ items: Int) throws -> Void = { _ in }) throws -> BookSummary {
        var meter = BookMeter()
        try forEachItem(in: book) { item in
            meter.add(item)
            if meter.items % ProgressStep.rows == 0 { try progress(meter.items) }
        }
        return meter.finish()
    }

    /// Binary order whatever collation an adopted table has; on our own tables it is the primary key's order. MariaDB sorts
    /// where a collation is named, also where it is the column's own: 24 s instead of 1 s for a million part numbers.
    private func order() throws -> String {
        switch connection.engine {
        case .sqlite where try isUTF16(): collated(by: CodePointOrder.collation)
        case .sqlite: collated(by: "BINARY")
        case .mariadb where try comparesByBytes(): "partnumber, lot_name"
        // In another character set the collation would be an error.
        case .mariadb:
            "CONVERT(partnumber USING utf8mb4) COLLATE utf8mb4_nopad_bin, "
                + "CONVERT(lot_name USING utf8mb4) COLLATE utf8mb4_nopad_bin"
        }
    }

    private func collated(by collation: String) -> String {
        "partnumber COLLATE \(collation), lot_name COLLATE \(collation)"
    }

    /// Whether a SQLite file holds its texts in UTF-16, whose bytes have an order of their own.
    private func isUTF16() throws -> Bool {
        try connection.first("PRAGMA encoding") { $0.text(0)?.hasPrefix("UTF-16") } == true
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

    // MARK: Writing

    /// Takes rows of ``ItemColumns``.
    func bulkInsert(into book: Int64) throws -> any BulkInsert {
        try connection.bulkInsert(
            into: Self.table, columns: ItemColumns.names,
            fixed: [FixedColumn("book_id", book, referencedTable: BookRepository.table)])
    }

    /// The DELETE of a book's items, by a key that begins with the book.
    ///
    /// A scan of all books would not only take longer: it waits for any transaction that holds a row of another one. The server is made
    /// to use the key where it would rather scan, as for the long VARCHARs of adopted tables from 11.0 on.
    func removal(from book: Int64) throws -> SQL {
        let plain: SQL = "DELETE FROM qt_partnumber_book_items WHERE book_id = \(book)"
        guard connection.engine.dialect.needsKeyHints else { return plain }
        let plan = try connection.first("EXPLAIN \(plain)") { (type: $0.text(3), keys: $0.text(4)) }
        guard let plan, ["ALL", "index"].contains(plan.type), let key = plan.keys?.split(separator: ",").first else {
            return plain
        }
        return """
            DELETE i FROM qt_partnumber_book_items AS i FORCE INDEX (\(identifier: String(key))) WHERE i.book_id = \(book)
            """
    }
}
