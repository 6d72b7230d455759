package import Database

extension BookLedger {
    package static let definition = InternalTable(name: table) { engine in
        switch engine {
        case .mariadb:
            """
            CREATE TABLE IF NOT EXISTS `pnbook_book_ledger` (
                `book_id` BIGINT UNSIGNED NOT NULL,
                `version` VARCHAR(30) NOT NULL,
                `created_at` DATETIME(3) NOT NULL,
                `items` BIGINT NOT NULL,
                `partnumbers` BIGINT NOT NULL,
                `digest` CHAR(71) NOT NULL,
                `task_id` CHAR(36) NOT NULL,
                `removed_at` DATETIME(3) NULL,
                PRIMARY KEY (`book_id`),
                UNIQUE KEY `uq_pnbook_book_ledger_version` (`version`)
            ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
            """
        case .sqlite:
            """
            CREATE TABLE IF NOT EXISTS pnbook_book_ledger (
                book_id INTEGER NOT NULL PRIMARY KEY,
                version VARCHAR(30) NOT NULL UNIQUE,
                created_at DATETIME NOT NULL,
                items INTEGER NOT NULL,
                partnumbers INTEGER NOT NULL,
                digest CHAR(71) NOT NULL,
                task_id CHAR(36) NOT NULL,
                removed_at DATETIME NULL
            )
            """
        }
    }
}
