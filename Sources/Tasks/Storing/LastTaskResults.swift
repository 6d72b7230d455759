package import Chronology
import Database

/// The last success and the last failure of one type of task.
package struct LastTaskResults: Sendable {
    package let type: String
    package let lastSuccess: TaskRecord?
    /// Failed or cancelled.
    package let lastFailure: TaskRecord?

    /// Seconds since the last success after which a task that runs every night is overdue.
    package static let overdueAfter: Int64 = 26 * 3600

    /// How many have failed since the last success, one after the other; cancelled ones do not count.
    package let failuresInARow: Int

    /// The one that ended last.
    package var last: TaskRecord? {
        [lastSuccess, lastFailure].compactMap(\.self).max { ended($0) < ended($1) }
    }

    private func ended(_ task: TaskRecord) -> Instant { task.completedAt ?? Instant(milliseconds: 0) }
}

extension TaskStore {
    /// One for each type of task that has ever ended, ordered by type. `clean(before:)` keeps what this reads.
    package func histories() throws -> [LastTaskResults] {
        guard try connection.hasTable(TaskTable.name) else { return [] }
        let types = try connection.rows(
            "SELECT DISTINCT type FROM pnbook_tasks WHERE \(raw: TaskStatus.hasEnded) ORDER BY type"
        ) { $0.text(0) ?? "" }
        return try types.map { type in
            let lastSuccess = try last(type, \.isSuccess)
            return LastTaskResults(
                type: type, lastSuccess: lastSuccess, lastFailure: try last(type) { $0.isFinal && !$0.isSuccess },
                failuresInARow: try failures(of: type, since: lastSuccess?.completedAt))
        }
    }

    private func failures(of type: String, since: Instant?) throws -> Int {
        let since = since ?? Instant(milliseconds: 0)
        return try connection.count(
            """
            SELECT COUNT(*) FROM pnbook_tasks
            WHERE type = \(type) AND \(raw: TaskStatus.condition { $0 == .failed })
                AND \(raw: Self.end) > \(since.sqlText)
            """)
    }

    /// How many tasks of `type` that a timer started have ended well in the time from `start` to `end`.
    package func scheduledSuccesses(of type: String, from start: Instant, to end: Instant) throws -> Int {
        try connection.count(
            """
            SELECT COUNT(*) FROM pnbook_tasks
            WHERE type = \(type) AND triggered_by = \(TaskTrigger.scheduled.description)
                AND status IN ('completed', 'completed_with_warnings')
                AND completed_at >= \(start.sqlText) AND completed_at <= \(end.sqlText)
            """)
    }

    private func last(_ type: String, _ isMeant: (TaskStatus) -> Bool) throws -> TaskRecord? {
        try connection.first(
            """
            \(raw: Self.selection) WHERE type = \(type) AND \(raw: TaskStatus.condition(isMeant))
            ORDER BY \(raw: Self.end) DESC, id DESC LIMIT 1
            """, Self.record)
    }
}
