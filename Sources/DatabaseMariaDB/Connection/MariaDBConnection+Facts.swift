import Database

extension MariaDBConnection {
    /// Whether the server was switched to read-only when the connection was opened.
    var isReadOnly: Bool { !["0", "OFF", ""].contains(readOnly.uppercased()) }

    /// All rows of a small result, by the names of its columns in lower case; NULL is left out.
    func namedRows(_ sql: SQL) throws -> [[String: String]] {
        guard let rows = try idleHandle().namedRows(sql.text) else { throw error(statement: sql.text) }
        return rows
    }
}
