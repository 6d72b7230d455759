package import Database

extension MariaDBConnection {
    package func lockHolder(_ name: String) throws -> LockHolder? {
        let number = try first("SELECT IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':', \(name)))") {
            $0.integer(0)
        }
        guard let number = number ?? nil else { return nil }
        // Without the PROCESS privilege an account sees its own sessions only. Not what they run: that may hold secrets.
        return try first(
            "SELECT user, host, command, time FROM information_schema.processlist WHERE id = \(number)"
        ) { row in
            LockHolder(
                number: number, user: "\(row.text(0) ?? "")@\(row.text(1) ?? "")", activity: row.text(2),
                seconds: row.integer(3))
        } ?? LockHolder(number: number)
    }
}
