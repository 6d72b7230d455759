import Database
import Foundation

/// Lets an engine finish what work has left for later: SQLite empties its log, MariaDB purges and writes its dirty pages.
struct Settling {
    private let connection: any Connection

    init(_ connection: any Connection) {
        self.connection = connection
    }

    func run() throws {
        switch connection.engine {
        case .sqlite:
            try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        case .mariadb:
            try wait(for: "Innodb_history_list_length", atMost: 20)
            // As fast as the disk allows, where this user may say so; the server's own pace is 200 pages a second.
            let settings = ["innodb_io_capacity_max", "innodb_io_capacity", "innodb_max_dirty_pages_pct"]
            let before = try settings.map {
                try connection.first("SELECT @@global.\(raw: $0)") { $0.text(0) ?? "" } ?? ""
            }
            guard set(settings, ["20000", "20000", "0"]) else { return }
            defer { _ = set(settings.reversed(), before.reversed()) }
            try wait(for: "Innodb_buffer_pool_pages_dirty", atMost: 50)
        }
    }

    private func set(_ settings: [String], _ values: [String]) -> Bool {
        zip(settings, values).allSatisfy { setting, value in
            (try? connection.execute("SET GLOBAL \(raw: setting) = \(raw: value)")) != nil
        }
    }

    /// Two minutes at most: on somebody's server others may keep it busy.
    private func wait(for variable: String, atMost limit: Int64) throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            let value = try connection.first("SHOW GLOBAL STATUS LIKE '\(raw: variable)'") { $0.integer(1) ?? 0 }
            if (value ?? 0) <= limit { return }
            usleep(20_000)
        }
    }
}
