package import Database

extension BookPins {
    package static let definition = InternalTable(name: table, isRequired: false) { engine in
        switch engine {
        case .mariadb:
            """
            CREATE TABLE IF NOT EXISTS `pnbook_pins` (
                `book_id` BIGINT NOT NULL,
                `version` VARCHAR(255) NOT NULL,
                `note` VARCHAR(200) NOT NULL,
                `pinned_by` VARCHAR(100) NOT NULL,
                `pinned_at` DATETIME(3) NOT NULL,
                PRIMARY KEY (`book_id`)
            ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
            """
        case .sqlite:
            """
            CREATE TABLE IF NOT EXISTS pnbook_pins (
                book_id INTEGER NOT NULL PRIMARY KEY,
                version VARCHAR(255) NOT NULL,
                note VARCHAR(200) NOT NULL,
                pinned_by VARCHAR(100) NOT NULL,
                pinned_at DATETIME NOT NULL
            )
            """
        }
    }
}
