import Database

/// The book tables as upstream has them: a key of their own for the items, and an index on each of the two columns that
/// are asked for.
enum UpstreamTables {
    static func make(_ connection: any Connection) throws {
        for statement in connection.engine == .mariadb ? mariadb : sqlite {
            try connection.execute(SQL(raw: statement))
        }
    }

    private static let mariadb = [
        """
        CREATE TABLE upstream_books (
            id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
            version VARCHAR(30) NOT NULL UNIQUE, created_at DATETIME(3) NOT NULL, created_by VARCHAR(100) NOT NULL,
            is_active TINYINT(1) NOT NULL DEFAULT 0
        ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci
        """,
        """
        CREATE TABLE upstream_items (\(mariadbItems)) \
        ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci
        """,
    ]

    static let mariadbItems = """
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, book_id BIGINT UNSIGNED NOT NULL,
        partnumber VARCHAR(255) NOT NULL, lot_name VARCHAR(255) NOT NULL,
        is_primary_pn TINYINT(1) NOT NULL DEFAULT 1, description VARCHAR(10000) NULL,
        KEY (book_id), KEY (partnumber)
        """

    private static let sqlite = [
        """
        CREATE TABLE upstream_books (
            id INTEGER PRIMARY KEY AUTOINCREMENT, version VARCHAR(30) NOT NULL UNIQUE, created_at DATETIME NOT NULL,
            created_by VARCHAR(100) NOT NULL, is_active TINYINT(1) NOT NULL DEFAULT 0
        )
        """,
        "CREATE TABLE upstream_items (\(sqliteItems))",
        "CREATE INDEX upstream_items_book_id ON upstream_items (book_id)",
        "CREATE INDEX upstream_items_partnumber ON upstream_items (partnumber)",
    ]

    static let sqliteItems = """
        id INTEGER PRIMARY KEY AUTOINCREMENT, book_id INTEGER NOT NULL, partnumber VARCHAR(255) NOT NULL,
        lot_name VARCHAR(255) NOT NULL, is_primary_pn TINYINT(1) NOT NULL DEFAULT 1, description VARCHAR(10000) NULL
        """
}
