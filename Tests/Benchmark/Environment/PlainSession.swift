import Database

/// A session as any other program opens it: with what the server gives to everybody.
enum PlainSession {
    /// Settings that say nothing about how a statement is carried out, and without which we would not read what was written.
    private static let ours = [
        "character_set_client", "character_set_results", "character_set_connection", "collation_connection",
    ]

    /// Opens a connection and takes back what the driver has set for our own program. On SQLite there is nothing to take
    /// back: the settings are the file's or the reader's own.
    static func connect(to database: BenchmarkDatabase) throws -> any Connection {
        let connection = try database.connect()
        guard database.engine == .mariadb else { return connection }
        let changed = try connection.rows(
            """
            SELECT LOWER(s.variable_name) FROM information_schema.session_variables AS s
            JOIN information_schema.global_variables AS g ON g.variable_name = s.variable_name
            WHERE s.variable_value <> g.variable_value
            """
        ) { $0.text(0) ?? "" }
        // Some are of the session by nature (its time, its last id) and cannot be set; they do not matter.
        for name in changed where !ours.contains(name) {
            _ = try? connection.execute("SET SESSION \(raw: name) = DEFAULT")
        }
        return connection
    }
}
