import Database
import DatabaseMariaDB
import Harness

/// Connections of ours to a server that does what a script says.
enum ScriptedSession {
    static func options(_ server: ScriptedServer, tls: MariaDBURL.TLS = .disable) -> MariaDBOptions {
        var options = MariaDBOptions(
            location: MariaDBURL(user: "ann", host: "127.0.0.1", port: server.port, schema: "shop", tls: tls),
            password: Secret("HUNTER2-CLEAR"))
        options.connectTimeout = 5
        options.readTimeout = 20
        return options
    }

    /// Reads a result to its end, and each value in every way there is.
    ///
    /// - Returns: how many rows there were.
    @discardableResult
    static func read(
        _ connection: MariaDBConnection, _ sql: SQL = "SELECT a, b, c FROM lot", columns: Int
    ) throws -> Int {
        var rows = 0
        try connection.forEachRow(sql) { row in
            rows += 1
            for column in 0..<columns {
                _ = (
                    row.integer(column), row.number(column), row.text(column),
                    row.utf8(column)?.reduce(0) { $0 &+ Int($1) }
                )
            }
            _ = row.values
        }
        return rows
    }
}
