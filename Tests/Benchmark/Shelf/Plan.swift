import Database

/// How the server will find the rows of a statement on one table: what EXPLAIN says.
struct Plan: Equatable {
    let text: String

    /// - Parameter statement: without parameters.
    /// - Returns: nil where the engine has no such plan.
    init?(of statement: SQL, _ connection: any Connection) throws {
        guard connection.engine == .mariadb else { return nil }
        // id, select_type, table, (partitions,) type, possible_keys, key, key_len, ref, rows, Extra.
        let found = try connection.first(SQL(raw: "EXPLAIN " + statement.text)) { row in
            (type: row.text(3) ?? "?", key: row.text(5) ?? "no key", rows: Int(row.integer(8) ?? 0))
        }
        guard let found else { throw BenchmarkError("\(connection.place): EXPLAIN says nothing") }
        text = "\(found.type), \(found.key), \(NumberText.grouped(found.rows)) rows"
    }
}
