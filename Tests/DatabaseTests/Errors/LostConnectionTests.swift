import Database
import DatabaseMariaDB
import Foundation
import Harness
import TestSupport
import Testing

@Suite("Lost connections")
struct LostConnectionTests {
    private struct Refusal: Error, Equatable {}

    /// Ends `connection` from outside, and waits until the server has forgotten it.
    private static func kill(_ connection: MariaDBConnection, from root: any Connection) throws {
        let id = try connection.count("SELECT CONNECTION_ID()")
        try root.execute("KILL CONNECTION \(raw: String(id))")
        try eventually(20, "the connection is gone", every: 10_000) {
            try root.count("SELECT COUNT(*) FROM information_schema.processlist WHERE id = \(id)") == 0
        }
    }

    private static func makeLots(in database: TestDatabase) throws -> any Connection {
        let root = try database.connect()
        try root.execute("CREATE TABLE lot (id INTEGER PRIMARY KEY)")
        return root
    }

    @Test("A killed connection is lost, stays lost, and does not come back by itself")
    func noReconnect() throws {
        let database = try TestDatabase(.mariadb)
        let root = try Self.makeLots(in: database)
        let file = database.folder + "/reconnecting.cnf"
        try Data("[client]\nauto-reconnect=1\nreconnect=1\n[pnbook]\nauto-reconnect=1\n".utf8).write(
            to: URL(filePath: file))
        for defaultsFile in [nil, file] {
            var options = try database.options()
            options.defaultsFile = defaultsFile
            let connection = try MariaDBConnection(options)
            try Self.kill(connection, from: root)
            let calls: [(String, () throws -> Void)] = [
                ("execute", { try connection.execute("INSERT INTO lot VALUES (1)") }),
                ("execute with a bind", { try connection.execute("INSERT INTO lot VALUES (\(2))") }),
                ("forEachRow", { try connection.forEachRow("SELECT 1") { _ in } }),
                ("begin", { try connection.begin(.write) }),
                ("bulkInsert", { _ = try connection.bulkInsert(into: "lot", columns: ["id"]) }),
                ("execute again", { try connection.execute("INSERT INTO lot VALUES (3)") }),
            ]
            for (name, call) in calls {
                let error = #expect(throws: DatabaseError.self, "\(name)") { try call() }
                #expect(error?.kind == .connectionLost, "\(name)")
            }
            connection.close()
        }
        #expect(try root.count("SELECT COUNT(*) FROM lot") == 0)
    }

    @Test("A connection lost inside a transaction takes it along, and both errors are told")
    func inTransaction() throws {
        let database = try TestDatabase(.mariadb)
        let root = try Self.makeLots(in: database)
        let connection = try MariaDBConnection(try database.options())
        let error = #expect(throws: TransactionError.self) {
            try connection.transaction(.write) {
                try connection.execute("INSERT INTO lot VALUES (1)")
                try Self.kill(connection, from: root)
                throw Refusal()
            }
        }
        #expect(error?.cause as? Refusal == Refusal())
        #expect((error?.rollback as? DatabaseError)?.kind == .connectionLost)
        #expect(try root.execute("INSERT INTO lot VALUES (1)") == 1)
    }

    @Test("A commit on a lost connection is an error, and nothing was kept")
    func atCommit() throws {
        let database = try TestDatabase(.mariadb)
        let root = try Self.makeLots(in: database)
        let connection = try MariaDBConnection(try database.options())
        try connection.begin(.write)
        try connection.execute("INSERT INTO lot VALUES (1)")
        try Self.kill(connection, from: root)
        let error = #expect(throws: DatabaseError.self) { try connection.commit() }
        #expect(error?.kind == .connectionLost)
        #expect(try root.count("SELECT COUNT(*) FROM lot") == 0)
    }

    @Test("A connection lost in the middle of a result is an error, not its end")
    func whileStreaming() throws {
        let database = try TestDatabase(.mariadb)
        let root = try Self.makeLots(in: database)
        let connection = try MariaDBConnection(try database.options())
        let id = try connection.count("SELECT CONNECTION_ID()")
        var rows = 0
        let error = #expect(throws: DatabaseError.self) {
            try connection.forEachRow("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_200000") { _ in
                rows += 1
                if rows == 10 { try root.execute("KILL CONNECTION \(raw: String(id))") }
            }
        }
        #expect(error?.kind == .connectionLost)
        #expect(rows >= 10)
        #expect(rows < 200_000)
    }

    @Test("A connection lost under a bulk insert is an error at the next batch")
    func bulkInsert() throws {
        let database = try TestDatabase(.mariadb)
        let root = try Self.makeLots(in: database)
        let connection = try MariaDBConnection(try database.options())
        try connection.begin(.write)
        let bulk = try connection.bulkInsert(into: "lot", columns: ["id"])
        for id in 0..<9000 { try bulk.append([.integer(Int64(id))]) }
        #expect(bulk.rowsWritten == 8192)
        try Self.kill(connection, from: root)
        let error = #expect(throws: DatabaseError.self) { try bulk.flush() }
        #expect(error?.kind == .connectionLost)
        #expect(bulk.rowsWritten == 8192)
        #expect(try root.count("SELECT COUNT(*) FROM lot") == 0)
    }

    @Test("A statement that is stopped is interrupted, and the connection lives on")
    func interrupted() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        let tooSlow = #expect(throws: DatabaseError.self) {
            try connection.execute("SET STATEMENT max_statement_time = 0.1 FOR SELECT SLEEP(20)")
        }
        #expect(tooSlow?.kind == .interrupted)
        #expect(tooSlow?.code == 1969)

        let root = try database.connect()
        let id = try connection.count("SELECT CONNECTION_ID()")
        var rows = 0
        let killed = #expect(throws: DatabaseError.self) {
            try connection.forEachRow("SELECT seq, REPEAT('x', 1000) FROM seq_1_to_200000") { _ in
                rows += 1
                if rows == 10 { try root.execute("KILL QUERY \(raw: String(id))") }
            }
        }
        #expect(killed?.kind == .interrupted)
        #expect(killed?.code == 1317)
        #expect(try connection.count("SELECT CONNECTION_ID()") == id)
    }

    @Test("A server that falls silent is a lost connection after the time given")
    func readTimeout() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        options.readTimeout = 1
        let connection = try MariaDBConnection(options)
        let start = ContinuousClock.now
        let error = #expect(throws: DatabaseError.self) { try connection.execute("SELECT SLEEP(20)") }
        #expect(error?.kind == .connectionLost)
        #expect(ContinuousClock.now - start < .seconds(15))
    }
}
