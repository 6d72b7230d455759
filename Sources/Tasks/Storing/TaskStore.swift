package import Chronology
package import Database

/// The stored tasks, on a connection of their own: never inside the transaction of the work
/// (<doc:TaskModel#Fields>).
///
/// Every change of a task is a compare-and-set on `status = 'running'`: a final row never changes again.
package final class TaskStore {
    let connection: any Connection

    package init(_ connection: any Connection) {
        self.connection = connection
    }

    /// Makes the table where it is missing. Looked for first, so that a nightly user needs no right to create tables.
    package func prepare() throws {
        guard try !connection.hasTable(TaskTable.name) else { return }
        for statement in TaskTable.creation(for: connection.engine) { try connection.execute(statement) }
    }

    /// Stores a new task that is running already.
    ///
    /// - Throws: ``Database/DatabaseError`` of kind `uniqueViolation` where another task of the same work is running.
    package func insert(_ task: TaskRecord, _ work: WorkKind) throws {
        try connection.execute(
            """
            INSERT INTO pnbook_tasks
                (id, type, work, status, progress, message, triggered_by, created_at, started_at, owner_host, owner_pid,
                 owner_boot, owner_start, heartbeat_at)
            VALUES (\(task.id), \(task.type), \(work.rawValue), \(task.status.rawValue), \(task.progress), \(task.message),
                \(task.triggeredBy), \(task.createdAt.sqlText), \(task.startedAt?.sqlText), \(task.owner?.host),
                \((task.owner?.pid).map(Int64.init)), \(task.owner?.bootID), \(task.owner?.processStart),
                \(task.heartbeatAt?.sqlText))
            """)
    }

    /// Updates a running task. Progress never falls.
    ///
    /// - Returns: false where the task is not running any more.
    package func update(_ id: String, progress: Int, message: String) throws -> Bool {
        let written = try connection.execute(
            """
            UPDATE pnbook_tasks
            SET progress = CASE WHEN progress > \(progress) THEN progress ELSE \(progress) END, message = \(Self.cut(message))
            WHERE id = \(id) AND status = 'running'
            """)
        return written == 1
    }

    /// What a running task learns from its row.
    package enum TaskSignal: Hashable, Sendable {
        /// It may go on.
        case alive
        /// It has been asked to end.
        case cancelRequested(by: String)
        /// Another process has given it its final status: it is no longer ours.
        case ended
    }

    /// Writes that the owner is alive, and asks whether the task may go on.
    package func heartbeat(_ id: String, at now: Instant) throws -> TaskSignal {
        let written = try connection.execute(
            """
            UPDATE pnbook_tasks SET heartbeat_at = \(now.sqlText), heartbeats = heartbeats + 1
            WHERE id = \(id) AND status = 'running'
            """)
        return written == 1 ? try poll(id) : .ended
    }

    /// Asks whether the task may go on, and writes nothing.
    package func poll(_ id: String) throws -> TaskSignal {
        try connection.first("SELECT status, cancel_requested_by FROM pnbook_tasks WHERE id = \(id)") { row in
            if row.text(0) != TaskStatus.running.rawValue { return .ended }
            return row.text(1).map { .cancelRequested(by: $0) } ?? .alive
        } ?? .ended
    }

    /// Asks a running task to end.
    ///
    /// - Returns: false where it is not running.
    package func requestCancel(_ id: String, by who: String) throws -> Bool {
        let written = try connection.execute(
            "UPDATE pnbook_tasks SET cancel_requested_by = \(who) WHERE id = \(id) AND \(raw: TaskStatus.isRunning)")
        return written == 1
    }

    /// Gives a running task its final status.
    ///
    /// - Returns: false where it was not running any more: another process has ended it.
    package func finish(_ id: String, _ ending: TaskResult, at now: Instant) throws -> Bool {
        let written = try connection.execute(
            """
            UPDATE pnbook_tasks
            SET status = \(ending.status.rawValue),
                progress = CASE WHEN \(ending.status.isSuccess) = 1 THEN 100 ELSE progress END,
                message = \(Self.cut(ending.message)), result = \(ending.result),
                error_message = \(ending.errorMessage.map { Self.cut($0, TaskTable.errorLimit) }),
                exit_code = \(ending.exitCode.map(Int64.init)), completed_at = \(now.sqlText)
            WHERE id = \(id) AND status = 'running'
            """)
        return written == 1
    }

    /// The task, or nil: an unknown id is not found, never pending.
    package func find(_ id: String) throws -> TaskRecord? {
        try connection.ifPresent(TaskTable.name, else: nil) {
            try connection.first("\(raw: Self.selection) WHERE id = \(id)", Self.record)
        }
    }

    /// The newest tasks first.
    package func list(limit: Int) throws -> [TaskRecord] {
        try connection.ifPresent(TaskTable.name, else: []) {
            try connection.rows(
                "\(raw: Self.selection) ORDER BY created_at DESC, id DESC LIMIT \(raw: String(limit))", Self.record)
        }
    }

    /// The tasks of `work` that are stored as running, whether or not their processes are alive.
    package func running(_ work: WorkKind) throws -> [TaskRecord] {
        try connection.ifPresent(TaskTable.name, else: []) {
            try connection.rows(
                "\(raw: Self.selection) WHERE status = 'running' AND work = \(work.rawValue)", Self.record)
        }
    }

    /// Days for which a task is kept unless it is removed by request.
    package static let keptDays = 90

    /// What ended before this is old.
    package static func oldest(at now: Instant) -> Instant {
        now.advanced(byMilliseconds: -Int64(keptDays) * 86_400_000)
    }

    /// Removes final tasks that ended before `instant`; the last success and the last failure of each type stay.
    ///
    /// - Returns: how many were removed.
    package func clean(before instant: Instant) throws -> Int {
        let final = try connection.rows(
            """
            SELECT id, type, status, \(raw: Self.end) FROM pnbook_tasks WHERE \(raw: TaskStatus.hasEnded)
            ORDER BY \(raw: Self.end) DESC, id DESC
            """
        ) { row in
            (
                id: row.text(0) ?? "", type: row.text(1) ?? "", status: row.text(2) ?? "",
                completedAt: row.text(3).flatMap(Instant.init(sqlText:))
            )
        }
        var seen: Set<String> = []
        var removed = 0
        for task in final {
            let status = TaskStatus(stored: task.status)
            // The newest of each type and outcome comes first, and stays.
            let outcome = status?.isSuccess == true ? "success" : status?.rawValue ?? task.status
            let isLast = seen.insert(task.type + " " + outcome).inserted
            guard !isLast, let completedAt = task.completedAt, completedAt < instant else { continue }
            removed += try connection.execute(
                "DELETE FROM pnbook_tasks WHERE id = \(task.id) AND \(raw: TaskStatus.hasEnded)")
        }
        return removed
    }

    /// When a task ended: the host's words for an end may come without its time.
    static let end = "COALESCE(completed_at, started_at, created_at)"

    static let selection = """
        SELECT id, type, status, progress, message, result, error_message, triggered_by, created_at, started_at,
            completed_at, owner_host, owner_pid, owner_boot, owner_start, heartbeat_at, heartbeats,
            cancel_requested_by, exit_code
        FROM pnbook_tasks
        """

    static func record(_ row: Row) -> TaskRecord {
        let instant = { (column: Int) in row.text(column).flatMap(Instant.init(sqlText:)) }
        let owner = row.text(11).map { host in
            ProcessIdentity(
                // A number beyond 32 bits is not a process: cut off, it would be another one's.
                host: host, pid: Int32(exactly: row.integer(12) ?? 0) ?? 0, bootID: row.text(13) ?? "",
                processStart: row.text(14) ?? "")
        }
        return TaskRecord(
            id: row.text(0) ?? "", type: row.text(1) ?? "",
            // An unknown status is another program's; nothing of ours waits for it.
            status: TaskStatus(stored: row.text(2) ?? "") ?? .failed,
            progress: Int(min(max(row.integer(3) ?? 0, 0), 100)), message: cut(row.text(4) ?? ""), result: row.text(5),
            errorMessage: row.text(6), triggeredBy: row.text(7) ?? "",
            createdAt: instant(8) ?? Instant(milliseconds: 0), startedAt: instant(9), completedAt: instant(10),
            owner: owner, heartbeatAt: instant(15), heartbeats: Int(row.integer(16) ?? 0),
            cancelRequestedBy: row.text(17), exitCode: row.integer(18).flatMap { Int32(exactly: $0) })
    }

    private static func cut(_ text: String, _ limit: Int = TaskTable.messageLimit) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
    }
}
