import Database

/// Tasks of any process at a glance, for whoever looks again and again.
extension TaskStore {
    /// All tasks that have not ended and the newest of the others, without results, which may be large, and with the beginning of
    /// their errors. The newest come first.
    ///
    /// - Parameter newest: how many of all tasks.
    package func overview(newest: Int) throws -> [TaskRecord] {
        try connection.ifPresent(TaskTable.name, else: []) {
            let open = try connection.rows(
                """
                \(raw: Self.outline) WHERE NOT \(raw: TaskStatus.hasEnded)
                ORDER BY created_at DESC, id DESC LIMIT \(raw: String(Self.mostOpen))
                """, Self.record)
            let last = try connection.rows(
                "\(raw: Self.outline) ORDER BY created_at DESC, id DESC LIMIT \(raw: String(newest))", Self.record)
            let known = Set(last.map(\.id))
            return (last + open.filter { !$0.status.isFinal && !known.contains($0.id) }).sorted {
                ($0.createdAt, $0.id) > ($1.createdAt, $1.id)
            }
        }
    }

    private static let mostOpen = 1000

    private static let outline = """
        SELECT id, type, status, progress, message, CAST(NULL AS CHAR), SUBSTR(error_message, 1, 2000), triggered_by, created_at, started_at,
            completed_at, owner_host, owner_pid, owner_boot, owner_start, heartbeat_at, heartbeats,
            cancel_requested_by, exit_code
        FROM pnbook_tasks
        """

    /// The newest task that a process works on, or did; nil where it has begun none.
    package func task(of owner: ProcessIdentity) throws -> TaskRecord? {
        try connection.ifPresent(TaskTable.name, else: nil) {
            try connection.first(
                """
                \(raw: Self.selection)
                WHERE owner_host = \(owner.host) AND owner_pid = \(Int64(owner.pid)) AND owner_boot = \(owner.bootID)
                    AND owner_start = \(owner.processStart)
                ORDER BY created_at DESC, id DESC LIMIT 1
                """, Self.record)
        }
    }
}
