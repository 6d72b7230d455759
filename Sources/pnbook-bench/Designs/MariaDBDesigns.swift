import Database

/// What was tried on MariaDB before the items were clustered by (book, PN, LOT).
enum MariaDBDesigns {
    static func all(today: Design) -> [Design] {
        let clustered = items("PRIMARY KEY (book_id, partnumber, lot_name)")
        let upstream = Design(
            name: "id, index on book, index on PN (upstream)",
            creation: [books, "CREATE TABLE trial_items (\(UpstreamTables.mariadbItems)) \(generalOptions)"])
        return [
            today,
            upstream,
            Design(
                name: "id, index on (book, PN)",
                creation: [books, items("PRIMARY KEY (id), KEY (book_id, partnumber)", hasID: true)]),
            Design(
                name: "clustered (book, id), index on id",
                creation: [books, items("PRIMARY KEY (book_id, id), KEY (id)", hasID: true)]),
            Design(name: "clustered (book, PN, LOT), no foreign key", creation: [books, clustered]),
            today.with("as the program has it, ROW_FORMAT=COMPRESSED") {
                $0 = Design(name: $0.name, creation: $0.creation.map(compressed))
            },
            today.with("as the program has it, PAGE_COMPRESSED") {
                $0 = Design(name: $0.name, creation: [$0.creation[0], $0.creation[1] + " PAGE_COMPRESSED=1"])
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

    private static func items(_ keys: String, hasID: Bool = false) -> String {
        """
        CREATE TABLE trial_items (
            \(hasID ? "id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT," : "") book_id BIGINT UNSIGNED NOT NULL,
            partnumber VARCHAR(255) NOT NULL, lot_name VARCHAR(255) NOT NULL,
            is_primary_pn TINYINT(1) NOT NULL DEFAULT 1, description VARCHAR(10000) NULL, \(keys)
        ) \(options)
        """
    }

    private static func compressed(_ creation: String) -> String {
        creation.contains("TABLE `trial_items`")
            ? creation.replacing("ROW_FORMAT=DYNAMIC", with: "ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8") : creation
    }
}
