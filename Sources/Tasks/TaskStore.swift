package import Chronology
package import Database

/// The stored tasks, on a connection of their own: never inside the transaction of the work (CONTRACT 7).
package final class TaskStore {
    private let connection: any Connection

    package init(_ connection: any Connection) {
        self.connection = connection
    }

    /// Makes the table where it is missing. Asked first, so that a nightly user needs no right to create tables.
    package func prepare() throws {
        guard try connection.columns(of: TaskTable.name) == nil else { return }
        try connection.execute(TaskTable.creation(for: connection.engine))
    }

    /// Stores a new task that is running already.
    package func insert(_ task: TaskRecord) throws {
        try connection.execute(
            """
            INSERT INTO pnbook_tasks
                (id, type, status, progress, message, triggered_by, created_at, started_at)
            VALUES (\(task.id), \(task.type), \(task.status.rawValue), \(task.progress), \(task.message),
                \(task.triggeredBy), \(task.createdAt.sqlText), \(task.startedAt?.sqlText))
            """)
    }

    /// Moves a running task on. Progress never falls, and a final row never changes.
    ///
    /// - Returns: false where the task is not running any more.
    package func update(_ id: String, progress: Int, message: String) throws -> Bool {
        let written = try connection.execute(
            """
            UPDATE pnbook_tasks
            SET progress = CASE WHEN progress > \(progress) THEN progress ELSE \(progress) END, message = \(cut(message))
            WHERE id = \(id) AND status = 'running'
            """)
        return written == 1
    }

    /// Gives a running task its final status.
    ///
    /// - Returns: false where it was not running any more: somebody else has ended it.
    package func finish(_ id: String, _ ending: TaskEnding, at now: Instant) throws -> Bool {
        let written = try connection.execute(
            """
            UPDATE pnbook_tasks
            SET status = \(ending.status.rawValue),
                progress = CASE WHEN \(ending.status.isSuccess) = 1 THEN 100 ELSE progress END,
                message = \(cut(ending.message)), result = \(ending.result), error_message = \(ending.errorMessage),
                completed_at = \(now.sqlText)
            WHERE id = \(id) AND status = 'running'
            """)
        return written == 1
    }

    /// The task, or nil: an unknown id is not found, never pending.
    package func find(_ id: String) throws -> TaskRecord? {
        guard try connection.columns(of: TaskTable.name) != nil else { return nil }
        return try connection.first("\(raw: Self.selection) WHERE id = \(id)", Self.record)
    }

    /// The newest tasks first.
    package func list(limit: Int) throws -> [TaskRecord] {
        guard try connection.columns(of: TaskTable.name) != nil else { return [] }
        return try connection.rows(
            "\(raw: Self.selection) ORDER BY created_at DESC, id DESC LIMIT \(raw: String(limit))", Self.record)
    }

    private static let selection = """
        SELECT id, type, status, progress, message, result, error_message, triggered_by, created_at, started_at, completed_at
        FROM pnbook_tasks
        """

    private static func record(_ row: Row) -> TaskRecord {
        TaskRecord(
            id: row.text(0) ?? "", type: row.text(1) ?? "",
            // A word we do not know is somebody else's; nothing of ours waits for it.
            status: TaskStatus(stored: row.text(2) ?? "") ?? .failed,
            progress: Int(row.integer(3) ?? 0), message: row.text(4) ?? "", result: row.text(5),
            errorMessage: row.text(6), triggeredBy: row.text(7) ?? "",
            createdAt: row.text(8).flatMap(Instant.init(sqlText:)) ?? Instant(milliseconds: 0),
            startedAt: row.text(9).flatMap(Instant.init(sqlText:)),
            completedAt: row.text(10).flatMap(Instant.init(sqlText:)))
    }

    private func cut(_ message: String) -> String {
        String(String.UnicodeScalarView(message.unicodeScalars.prefix(TaskTable.messageLimit)))
    }
}

/// How a task ended.
package struct TaskEnding: Sendable {
    package var status: TaskStatus
    package var message: String
    package var result: String?
    package var errorMessage: String?

    package init(status: TaskStatus, message: String, result: String? = nil, errorMessage: String? = nil) {
        self.status = status
        self.message = message
        self.result = result
        self.errorMessage = errorMessage
    }
}
