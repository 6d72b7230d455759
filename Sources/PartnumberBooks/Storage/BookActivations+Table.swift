package import Database

extension BookActivations {
    package static let definition = InternalTable(name: table, isRequired: false) { engine in
        switch engine {
        case .mariadb:
            """
            CREATE TABLE IF NOT EXISTS `pnbook_activations` (
                `book_id` BIGINT NOT NULL,
                `sequence` BIGINT NOT NULL,
                `replaced_id` BIGINT NULL,
                `newest_id` BIGINT NOT NULL,
                `activated_at` DATETIME(3) NOT NULL,
                `activated_by` VARCHAR(100) NOT NULL,
                `task_id` CHAR(36) NOT NULL,
                PRIMARY KEY (`book_id`)
            ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
            """
        case .sqlite:
            """
            CREATE TABLE IF NOT EXISTS pnbook_activations (
                book_id INTEGER NOT NULL PRIMARY KEY,
                sequence INTEGER NOT NULL,
                replaced_id INTEGER NULL,
                newest_id INTEGER NOT NULL,
                activated_at DATETIME NOT NULL,
                activated_by VARCHAR(100) NOT NULL,
                task_id CHAR(36) NOT NULL
            )
            """
        }
    }
}
