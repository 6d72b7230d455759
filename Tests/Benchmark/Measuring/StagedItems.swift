import Database

/// The base book's items once more, ready-made, in a plain table of the shape and physical order of the real one.
enum StagedItems {
    static let ordered = "bench_items"
    /// The same items in no order that a book knows.
    static let shuffled = "bench_items_shuffled"

    static let columns = "partnumber, lot_name, is_primary_pn, description"

    private static let mariadbColumns = """
        `partnumber` VARCHAR(255) NOT NULL, `lot_name` VARCHAR(255) NOT NULL,
        `is_primary_pn` TINYINT(1) NOT NULL DEFAULT 1, `description` VARCHAR(10000) NULL
        """
    private static let mariadbOptions =
        "ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin"
    private static let sqliteColumns = """
        partnumber VARCHAR(255) NOT NULL, lot_name VARCHAR(255) NOT NULL,
        is_primary_pn TINYINT(1) NOT NULL DEFAULT 1, description VARCHAR(10000) NULL
        """

    /// Copies the items of `book` in their order.
    static func makeOrdered(of book: Int64, _ connection: any Connection) throws {
        let key = "PRIMARY KEY (book_id, partnumber, lot_name)"
        switch connection.engine {
        case .mariadb:
            try connection.execute(
                """
                CREATE TABLE \(identifier: ordered)
                (`book_id` BIGINT UNSIGNED NOT NULL, \(raw: mariadbColumns), \(raw: key)) \(raw: mariadbOptions)
                """)
        case .sqlite:
            try connection.execute(
                """
                CREATE TABLE \(identifier: ordered)
                (book_id INTEGER NOT NULL, \(raw: sqliteColumns), \(raw: key)) WITHOUT ROWID
                """)
        }
        _ = try connection.transaction(.write) {
            try connection.execute(
                """
                INSERT INTO \(identifier: ordered) (book_id, \(raw: columns))
                SELECT book_id, \(raw: columns) FROM qt_partnumber_book_items WHERE book_id = \(book)
                """)
        }
    }

    /// Copies the ready-made items into `table` as those of `book`, by one statement of the server.
    ///
    /// - Parameter source: the table of staged items, as the connection calls it.
    /// - Returns: the rows copied.
    @discardableResult
    static func copy(
        from source: String = ordered, to table: String, book: Int64, _ connection: any Connection
    ) throws -> Int {
        try connection.execute(
            """
            INSERT INTO \(identifier: table) (book_id, \(raw: columns))
            SELECT \(book), \(raw: columns) FROM \(raw: source)
            """)
    }

    /// Copies the items as good as shuffled: by the random end of their PN.
    static func makeShuffled(_ connection: any Connection) throws {
        switch connection.engine {
        case .mariadb:
            try connection.execute(
                """
                CREATE TABLE \(identifier: shuffled)
                (`place` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, \(raw: mariadbColumns)) \(raw: mariadbOptions)
                """)
        case .sqlite:
            try connection.execute(
                "CREATE TABLE \(identifier: shuffled) (place INTEGER PRIMARY KEY, \(raw: sqliteColumns))")
        }
        _ = try connection.transaction(.write) {
            try connection.execute(
                """
                INSERT INTO \(identifier: shuffled) (\(raw: columns))
                SELECT \(raw: columns) FROM \(identifier: ordered) ORDER BY SUBSTR(partnumber, 7), lot_name
                """)
        }
    }
}
