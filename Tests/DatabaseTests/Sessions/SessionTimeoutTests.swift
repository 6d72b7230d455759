import Database
import DatabaseMariaDB
import TestSupport
import Testing

/// A client that has vanished must not hold what others need: the server is told for how long at most.
@Suite("MariaDB's patience with silent clients")
struct SessionTimeoutTests {
    private static func timeouts(_ connection: MariaDBConnection) throws -> [Int64?] {
        try connection.first("SELECT @@SESSION.wait_timeout, @@SESSION.idle_transaction_timeout") {
            [$0.integer(0), $0.integer(1)]
        } ?? []
    }

    @Test("A silent connection goes after an hour, a silent transaction after five minutes")
    func standard() throws {
        let database = try TestDatabase(.mariadb)
        #expect(try Self.timeouts(MariaDBConnection(database.options())) == [3600, 300])
    }

    @Test("Both are as asked for")
    func asked() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.idleTimeout = 60
        options.idleTransactionTimeout = 30
        #expect(try Self.timeouts(MariaDBConnection(options)) == [60, 30])
    }

    @Test("A transaction whose connection is lost ends with that one error: there is nothing left to undo")
    func lost() throws {
        let database = try TestDatabase(.mariadb)
        let server = try TestDatabase.server()
        defer { server.close() }
        let connection = try database.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction(.write) {
                try server.execute("KILL CONNECTION \(raw: String(connection.connectionID))")
                try connection.execute("SELECT 1")
            }
        }
        #expect(error?.kind == .connectionLost)
    }
}
