import Chronology
import Database

/// The last success and the last failure of one type of task.
package struct LastTaskResults: Sendable {
    package let type: String
    package let lastSuccess: TaskRecord?
    /// Failed or cancelled.
    package let lastFailure: TaskRecord?

    /// Seconds since the last success after which a task that runs every night is overdue.
    package static let overdueAfter: Int64 = 26 * 3600

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
            "SELECT DISTINCT type FROM pnbook_tasks WHERE completed_at IS NOT NULL ORDER BY type"
        ) { $0.text(0) ?? "" }
        return try types.map { type in
            LastTaskResults(
                type: type, lastSuccess: try last(type, ["completed", "completed_with_warnings"]),
                lastFailure: try last(type, ["failed", "cancelled"]))
        }
    }

    private func last(_ type: String, _ statuses: [String]) throws -> TaskRecord? {
        try connection.first(
            """
            \(raw: Self.selection) WHERE type = \(type) AND status IN (\(statuses[0]), \(statuses[1]))
            ORDER BY completed_at DESC, id DESC LIMIT 1
            """, Self.record)
    }
}
