package import Database

/// The server's locks of this schema, and who holds them.
extension MariaDBConnection {
    package func tryLock(_ name: String) throws -> Bool {
        try tryLock(name, patience: 0)
    }

    private func tryLock(_ name: String, patience: Int) throws -> Bool {
        // Lock names are the whole server's, so the schema is part of ours, and short: at most 64 characters.
        try first(
            "SELECT GET_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':', \(name)), \(raw: String(patience)))"
        ) { $0.integer(0) == 1 } ?? false
    }

    package func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        if try tryLock(name) { return true }
        guard try sessionHolding(name) == connectionID else { return false }
        do {
            try execute("KILL CONNECTION \(raw: String(connectionID))")
        } catch let error as DatabaseError where error.code == 1094 {
            // It has just ended by itself.
        }
        return try tryLock(name, patience: Self.endingPatience)
    }

    /// Seconds that the server takes at most to end a session that does nothing.
    private static let endingPatience = 5

    package func locksAreClusterWide() throws -> Bool {
        // The variable is there only where the server was built with Galera.
        let isClustered = try first("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'") { $0.text(1) == "ON" } ?? false
        return !isClustered
    }

    package func unlock(_ name: String) throws {
        _ = try first("SELECT RELEASE_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':', \(name)))") { $0.integer(0) }
    }

    package func lockHolder(_ name: String) throws -> LockHolder? {
        guard let number = try sessionHolding(name) else { return nil }
        // Without the PROCESS privilege an account sees its own sessions only. Not what they run: that may hold secrets.
        return try first(
            "SELECT user, host, command, time FROM information_schema.processlist WHERE id = \(number)"
        ) { row in
            LockHolder(
                number: number, user: "\(row.text(0) ?? "")@\(row.text(1) ?? "")", activity: row.text(2),
                seconds: row.integer(3))
        } ?? LockHolder(number: number)
    }

    /// The number of the session that holds a lock; nil where none does.
    private func sessionHolding(_ name: String) throws -> Int64? {
        try first("SELECT IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':', \(name)))") { $0.integer(0) } ?? nil
    }
}
