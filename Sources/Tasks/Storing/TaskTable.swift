import Database

/// Where tasks are kept. On SQLite this table lives in a file of its own beside the database, so that progress can be
/// written while the database's one writer is at work.
///
/// The table itself enforces the task model (<doc:TaskModel#Fields>): a final status where there is a `completed_at`, and one of ours
/// only there; progress from 0 to 100; and at most one running task of each kind of work (`running_work` is unique, and NULL for all
/// others). The host's words for an end are taken with its time and without.
enum TaskTable {
    static let name = "pnbook_tasks"

    /// The longest stored message, in characters; longer ones are cut.
    static let messageLimit = 1000

    /// The longest stored error, in characters.
    static let errorLimit = 10_000

    private static let ending = """
        (completed_at IS NULL OR \(TaskStatus.hasEnded))
            AND (completed_at IS NOT NULL OR status NOT IN (\(TaskStatus.ends)))
        """

    /// The statements that create it.
    static func creation(for engine: Engine) -> [SQL] {
        switch engine {
        case .mariadb:
            [
                """
                CREATE TABLE IF NOT EXISTS `pnbook_tasks` (
                    `id` CHAR(36) NOT NULL,
                    `type` VARCHAR(64) NOT NULL,
                    `work` VARCHAR(20) NULL,
                    `status` VARCHAR(32) NOT NULL,
                    `progress` TINYINT UNSIGNED NOT NULL DEFAULT 0,
                    `message` VARCHAR(1000) NOT NULL DEFAULT '',
                    `result` MEDIUMTEXT NULL,
                    `error_message` TEXT NULL,
                    `triggered_by` VARCHAR(100) NOT NULL,
                    `created_at` DATETIME(3) NOT NULL,
                    `started_at` DATETIME(3) NULL,
                    `completed_at` DATETIME(3) NULL,
                    `owner_host` VARCHAR(255) NULL,
                    `owner_pid` INT NULL,
                    `owner_boot` VARCHAR(64) NULL,
                    `owner_start` VARCHAR(64) NULL,
                    `heartbeat_at` DATETIME(3) NULL,
                    `heartbeats` BIGINT NOT NULL DEFAULT 0,
                    `cancel_requested_by` VARCHAR(100) NULL,
                    `exit_code` SMALLINT NULL,
                    `running_work` VARCHAR(20) AS (IF(`status` = 'running', `work`, NULL)) VIRTUAL,
                    PRIMARY KEY (`id`),
                    KEY `ix_pnbook_tasks_created` (`created_at`),
                    UNIQUE KEY `uq_pnbook_tasks_running` (`running_work`),
                    CONSTRAINT `ck_pnbook_tasks_progress` CHECK (`progress` <= 100),
                    CONSTRAINT `ck_pnbook_tasks_final` CHECK (\(raw: ending))
                ) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
                """
            ]
        case .sqlite:
            [
                """
                CREATE TABLE IF NOT EXISTS pnbook_tasks (
                    id CHAR(36) NOT NULL PRIMARY KEY,
                    type VARCHAR(64) NOT NULL,
                    work VARCHAR(20) NULL,
                    status VARCHAR(32) NOT NULL,
                    progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
                    message VARCHAR(1000) NOT NULL DEFAULT '',
                    result TEXT NULL,
                    error_message TEXT NULL,
                    triggered_by VARCHAR(100) NOT NULL,
                    created_at DATETIME NOT NULL,
                    started_at DATETIME NULL,
                    completed_at DATETIME NULL,
                    owner_host VARCHAR(255) NULL,
                    owner_pid INTEGER NULL,
                    owner_boot VARCHAR(64) NULL,
                    owner_start VARCHAR(64) NULL,
                    heartbeat_at DATETIME NULL,
                    heartbeats INTEGER NOT NULL DEFAULT 0,
                    cancel_requested_by VARCHAR(100) NULL,
                    exit_code INTEGER NULL,
                    CHECK (\(raw: ending))
                )
                """,
                """
                CREATE UNIQUE INDEX IF NOT EXISTS uq_pnbook_tasks_running ON pnbook_tasks (work) WHERE status = 'running'
                """,
            ]
        }
    }
}
