import Chronology
import Database

/// The program's own record of migrations, `pnbook_schema_history`.
struct MigrationHistory {
    let connection: any Connection

    /// All entries, oldest number first; the table exists.
    func entries() throws -> [HistoryEntry] {
        try connection.rows(
            """
            SELECT number, name, checksum, manner, started_at, finished_at, applied_by
            FROM pnbook_schema_history ORDER BY number
            """
        ) { row in
            HistoryEntry(
                number: Int(row.integer(0) ?? 0), name: row.text(1) ?? "", checksum: row.text(2) ?? "",
                method: HistoryEntry.Method(rawValue: row.text(3) ?? "") ?? .applied,
                startedAt: row.text(4).flatMap(Instant.init(sqlText:)) ?? Instant(milliseconds: 0),
                finishedAt: row.text(5).flatMap(Instant.init(sqlText:)), appliedBy: row.text(6) ?? "")
        }
    }

    /// Records that `migration` begins, or begins again after an interruption.
    ///
    /// - Parameter method: what the existing objects suggest.
    func begin(_ migration: Migration, _ method: HistoryEntry.Method, at now: Instant, by who: String) throws {
        try put(
            HistoryEntry(
                number: migration.number, name: migration.name, checksum: migration.checksum, method: method,
                startedAt: now, finishedAt: nil, appliedBy: who))
    }

    private func put(_ entry: HistoryEntry) throws {
        // One statement: between two, a crash would lose whose the migration is.
        try connection.execute(
            """
            REPLACE INTO pnbook_schema_history (number, name, checksum, manner, started_at, finished_at, applied_by)
            VALUES (\(entry.number), \(entry.name), \(entry.checksum), \(entry.method.rawValue),
                \(entry.startedAt.sqlText), \(entry.finishedAt?.sqlText), \(entry.appliedBy))
            """)
    }

    /// Takes back that `migration` was begun, because none of its statements has run; `earlier` is what was recorded before.
    func takeBack(_ migration: Migration, to earlier: HistoryEntry?) throws {
        if let earlier { return try put(earlier) }
        try connection.execute(
            "DELETE FROM pnbook_schema_history WHERE number = \(migration.number) AND finished_at IS NULL")
    }

    func finish(_ migration: Migration, _ method: HistoryEntry.Method, at now: Instant) throws {
        try connection.execute(
            """
            UPDATE pnbook_schema_history SET manner = \(method.rawValue), finished_at = \(now.sqlText)
            WHERE number = \(migration.number)
            """)
    }
}
