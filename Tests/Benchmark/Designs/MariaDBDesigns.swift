import Database

/// The ways to lay out a book's items that were compared on MariaDB.
///
/// From 11.0 on the server reckons the cost of a clustered range by the declared length of a row: beside a VARCHAR(10000)
/// it prefers to scan the whole table, and a TEXT counts by its pointer (MDEV-38164). So the description's type is one of
/// the choices.
enum MariaDBDesigns {
    static func all(today: TableDesign) -> [TableDesign] {
        let upstream = TableDesign(
            name: "id, index on book, index on PN (upstream)",
            creation: [books, "CREATE TABLE trial_items (\(UpstreamTables.mariadbItems)) \(generalOptions)"],
            bookIndex: "book_id")
        return [
            today,
            clustered("VARCHAR(10000), foreign key", reference),
            clustered("TEXT, foreign key", reference, description: "TEXT NULL"),
            clustered("TEXT with CHECK, foreign key", reference, description: checked),
            clustered("VARCHAR(10000), foreign key, index on book", reference + ", KEY (book_id)"),
            TableDesign(
                name: "clustered, VARCHAR(10000), 64 hash partitions by book",
                creation: [books, items(clusteredKey) + " PARTITION BY HASH (book_id) PARTITIONS 64"]),
            clustered("VARCHAR(10000), no foreign key", ""),
            upstream,
            upstream.with("upstream, TEXT") {
                $0 = TableDesign(
                    name: $0.name,
                    creation: [books, $0.creation[1].replacing("VARCHAR(10000) NULL", with: "TEXT NULL")],
                    bookIndex: $0.bookIndex)
            },
            TableDesign(
                name: "id, index on (book, PN)",
                creation: [books, items("PRIMARY KEY (id), KEY (book_id, partnumber)", hasID: true)],
                bookIndex: "book_id"),
            TableDesign(
                name: "clustered (book, id), index on id",
                creation: [books, items("PRIMARY KEY (book_id, id), KEY (id)", hasID: true)]),
            today.with("as the program has it, ROW_FORMAT=COMPRESSED") {
                $0 = TableDesign(name: $0.name, creation: $0.creation.map(compressed))
            },
            today.with("as the program has it, PAGE_COMPRESSED") {
                $0 = TableDesign(name: $0.name, creation: [$0.creation[0], $0.creation[1] + " PAGE_COMPRESSED=1"])
            },
            today.with("as the program has it, items unordered") { $0.isShuffled = true },
            upstream.with("upstream, items unordered") { $0.isShuffled = true },
        ]
    }

    private static let options = "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin"
    private static let generalOptions = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci"

    private static let books = """
        CREATE TABLE trial_books (
            id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, version VARCHAR(30) NOT NULL UNIQUE,
            created_at DATETIME(3) NOT NULL, created_by VARCHAR(100) NOT NULL, is_active TINYINT(1) NOT NULL DEFAULT 0
        ) \(options)
        """

    private static let clusteredKey = "PRIMARY KEY (book_id, partnumber, lot_name)"
    private static let reference = ", CONSTRAINT fk_trial FOREIGN KEY (book_id) REFERENCES trial_books (id)"
    private static let varchar = "VARCHAR(10000) NULL"
    private static let checked = "TEXT NULL CHECK (CHAR_LENGTH(description) <= 10000)"

    /// Items clustered by (book, PN, LOT), with further keys.
    private static func clustered(_ name: String, _ keys: String, description: String = varchar) -> TableDesign {
        TableDesign(
            name: "clustered, \(name)", creation: [books, items(clusteredKey + keys, description: description)])
    }

    private static func items(_ keys: String, hasID: Bool = false, description: String = varchar) -> String {
        """
        CREATE TABLE trial_items (
            \(hasID ? "id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT," : "") book_id BIGINT UNSIGNED NOT NULL,
            partnumber VARCHAR(255) NOT NULL, lot_name VARCHAR(255) NOT NULL,
            is_primary_pn TINYINT(1) NOT NULL DEFAULT 1, description \(description), \(keys)
        ) \(options)
        """
    }

    private static func compressed(_ creation: String) -> String {
        creation.contains("TABLE `trial_items`")
            ? creation.replacing("ROW_FORMAT=DYNAMIC", with: "ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8") : creation
    }
}
