import Database

/// What was tried on SQLite before the items were clustered and the program's settings chosen.
enum SQLiteDesigns {
    static func all(today: TableDesign) -> [TableDesign] {
        let upstream = TableDesign(
            name: "id, index on book, index on PN (upstream)",
            creation: [
                books, "CREATE TABLE trial_items (\(UpstreamTables.sqliteItems))",
                "CREATE INDEX trial_items_book_id ON trial_items (book_id)",
                "CREATE INDEX trial_items_partnumber ON trial_items (partnumber)",
            ])
        return [
            today,
            upstream,
            TableDesign(
                name: "id, index on (book, PN)",
                creation: [
                    books, "CREATE TABLE trial_items (\(UpstreamTables.sqliteItems))",
                    "CREATE INDEX trial_items_book_partnumber ON trial_items (book_id, partnumber)",
                ]),
            TableDesign(
                name: "clustered (book, PN, LOT), no checks, no foreign key", creation: [books, clustered("")]),
            TableDesign(
                name: "clustered (book, PN, LOT), no checks, foreign key",
                creation: [books, clustered("REFERENCES trial_books (id)")]),
            today.with("as the program has it, page_size 4096") { $0.pageSize = 4096 },
            today.with("as the program has it, page_size 8192") { $0.pageSize = 8192 },
            today.with("as the program has it, page_size 32768") { $0.pageSize = 32_768 },
            today.with("as the program has it, cache_size 2 MiB") { $0.settings = ["PRAGMA cache_size = -2048"] },
            today.with("as the program has it, cache_size 16 MiB") { $0.settings = ["PRAGMA cache_size = -16384"] },
            today.with("as the program has it, secure_delete ON") { $0.settings = ["PRAGMA secure_delete = ON"] },
            today.with("as the program has it, items unordered") { $0.isShuffled = true },
            today.with("as the program has it, items unordered, cache_size 2 MiB") {
                $0.isShuffled = true
                $0.settings = ["PRAGMA cache_size = -2048"]
            },
            upstream.with("upstream, items unordered") { $0.isShuffled = true },
            today.with("as the program has it, synchronous NORMAL (not durable)") {
                $0.settings = ["PRAGMA synchronous = NORMAL"]
            },
            today.with("as the program has it, journal_mode DELETE (readers wait)") {
                $0.settings = ["PRAGMA journal_mode = DELETE"]
            },
        ]
    }

    private static let books = """
        CREATE TABLE trial_books (
            id INTEGER PRIMARY KEY AUTOINCREMENT, version VARCHAR(30) NOT NULL UNIQUE, created_at DATETIME NOT NULL,
            created_by VARCHAR(100) NOT NULL, is_active TINYINT(1) NOT NULL DEFAULT 0
        )
        """

    private static func clustered(_ reference: String) -> String {
        """
        CREATE TABLE trial_items (
            book_id INTEGER NOT NULL \(reference), partnumber VARCHAR(255) NOT NULL, lot_name VARCHAR(255) NOT NULL,
            is_primary_pn TINYINT(1) NOT NULL DEFAULT 1, description VARCHAR(10000) NULL,
            PRIMARY KEY (book_id, partnumber, lot_name)
        ) WITHOUT ROWID
        """
    }
}
