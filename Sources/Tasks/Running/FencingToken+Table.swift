package import Database

extension FencingToken {
    package static let definition = InternalTable(name: table) { engine in
        switch engine {
        case .mariadb:
            """
            CREATE TABLE IF NOT EXISTS `pnbook_fences` (
                `work` VARCHAR(20) NOT NULL,
                `token` BIGINT NOT NULL,
                `task_id` CHAR(36) NOT NULL,
                PRIMARY KEY (`work`)
            ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
            """
        case .sqlite:
            """
            CREATE TABLE IF NOT EXISTS pnbook_fences (
                work VARCHAR(20) NOT NULL PRIMARY KEY,
                token INTEGER NOT NULL,
                task_id CHAR(36) NOT NULL
            )
            """
        }
    }
}
