import Database

/// Where tasks are kept. On SQLite this table lives in a file of its own beside the database, so that progress can be
/// written while the database's one writer is at work.
enum TaskTable {
    static let name = "pnbook_tasks"

    /// The longest stored message, in characters; longer ones are cut.
    static let messageLimit = 1000

    static func creation(for engine: Engine) -> SQL {
        switch engine {
        case .mariadb:
            """
            CREATE TABLE IF NOT EXISTS `pnbook_tasks` (
                `id` CHAR(36) NOT NULL,
                `type` VARCHAR(64) NOT NULL,
                `status` VARCHAR(32) NOT NULL,
                `progress` TINYINT UNSIGNED NOT NULL DEFAULT 0,
                `message` VARCHAR(1000) NOT NULL DEFAULT '',
                `result` MEDIUMTEXT NULL,
                `error_message` TEXT NULL,
                `triggered_by` VARCHAR(100) NOT NULL,
                `created_at` DATETIME(3) NOT NULL,
                `started_at` DATETIME(3) NULL,
                `completed_at` DATETIME(3) NULL,
                PRIMARY KEY (`id`),
                KEY `ix_pnbook_tasks_created` (`created_at`),
                CONSTRAINT `ck_pnbook_tasks_progress` CHECK (`progress` <= 100),
                CONSTRAINT `ck_pnbook_tasks_final` CHECK ((`completed_at` IS NOT NULL) =
                    (`status` IN ('completed', 'completed_with_warnings', 'failed', 'cancelled')))
            ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
            """
        case .sqlite:
            """
            CREATE TABLE IF NOT EXISTS pnbook_tasks (
                id CHAR(36) NOT NULL PRIMARY KEY,
                type VARCHAR(64) NOT NULL,
                status VARCHAR(32) NOT NULL,
                progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
                message VARCHAR(1000) NOT NULL DEFAULT '',
                result TEXT NULL,
                error_message TEXT NULL,
                triggered_by VARCHAR(100) NOT NULL,
                created_at DATETIME NOT NULL,
                started_at DATETIME NULL,
                completed_at DATETIME NULL,
                CHECK ((completed_at IS NOT NULL) =
                    (status IN ('completed', 'completed_with_warnings', 'failed', 'cancelled')))
            )
            """
        }
    }
}
