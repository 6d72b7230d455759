import Database

extension MigrationHistory {
    static let table = InternalTable(name: "pnbook_schema_history") { engine in
        switch engine {
        case .mariadb:
            """
            CREATE TABLE IF NOT EXISTS `pnbook_schema_history` (
                `number` INT NOT NULL,
                `name` VARCHAR(100) NOT NULL,
                `checksum` CHAR(64) NOT NULL,
                `manner` VARCHAR(10) NOT NULL,
                `started_at` DATETIME(3) NOT NULL,
                `finished_at` DATETIME(3) NULL,
                `applied_by` VARCHAR(100) NOT NULL,
                PRIMARY KEY (`number`)
            ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
            """
        case .sqlite:
            """
            CREATE TABLE IF NOT EXISTS pnbook_schema_history (
                number INTEGER PRIMARY KEY,
                name VARCHAR(100) NOT NULL,
                checksum CHAR(64) NOT NULL,
                manner VARCHAR(10) NOT NULL,
                started_at DATETIME NOT NULL,
                finished_at DATETIME NULL,
                applied_by VARCHAR(100) NOT NULL
            )
            """
        }
    }
}
