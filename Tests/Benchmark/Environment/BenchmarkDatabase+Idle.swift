import Database
import Harness

extension BenchmarkDatabase {
    /// Lets the engine finish what earlier work has left for later, so that no measurement pays for another's.
    func waitUntilIdle() throws {
        try onConnection(waitUntilIdle)
    }

    /// SQLite empties its log; MariaDB purges, and writes its dirty pages.
    func waitUntilIdle(_ connection: any Connection) throws {
        guard environment.waitsForIdle else { return }
        switch connection.engine {
        case .sqlite:
            try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        case .mariadb:
            try wait(for: "Innodb_history_list_length", atMost: 20, connection)
            // As fast as the disk allows, where this user may say so; the server's own pace is 200 pages a second.
            let settings = ["innodb_io_capacity_max", "innodb_io_capacity", "innodb_max_dirty_pages_pct"]
            let before = try settings.map {
                try connection.first("SELECT @@global.\(raw: $0)") { $0.text(0) ?? "" } ?? ""
            }
            guard set(settings, ["20000", "20000", "0"], connection) else { return }
            defer { _ = set(settings.reversed(), before.reversed(), connection) }
            try wait(for: "Innodb_buffer_pool_pages_dirty", atMost: 50, connection)
        }
    }

    private func set(_ settings: [String], _ values: [String], _ connection: any Connection) -> Bool {
        zip(settings, values).allSatisfy { setting, value in
            (try? connection.execute("SET GLOBAL \(raw: setting) = \(raw: value)")) != nil
        }
    }

    /// Two minutes at most: others may keep a shared server busy.
    private func wait(for variable: String, atMost limit: Int64, _ connection: any Connection) throws {
        do {
            try eventually(120, "\(variable) falls to \(limit)", every: 20_000) {
                let value = try connection.first("SHOW GLOBAL STATUS LIKE '\(raw: variable)'") { $0.integer(1) ?? 0 }
                return (value ?? 0) <= limit
            }
        } catch is TookTooLong {
            return
        }
    }
}
