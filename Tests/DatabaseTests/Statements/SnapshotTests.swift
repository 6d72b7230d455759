import Database
import TestSupport
import Testing

@Suite("Snapshots")
struct SnapshotTests {
    private static func fill(_ database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        let text = database.engine.text("VARCHAR(20)")
        for table in ["lot", "bundle"] {
            try connection.execute(
                "CREATE TABLE \(identifier: table) (name \(raw: text) NOT NULL PRIMARY KEY, qty INTEGER)")
            try connection.execute("INSERT INTO \(identifier: table) VALUES ('a', 1), ('b', 2), ('c', 3)")
        }
        return connection
    }

    private static let before: [[Value]] = [
        [.text("a"), .integer(1)], [.text("b"), .integer(2)], [.text("c"), .integer(3)],
    ]
    private static let after: [[Value]] = [
        [.text("a"), .integer(10)], [.text("c"), .integer(3)], [.text("d"), .integer(4)],
    ]

    private static func content(_ table: String, _ connection: any Connection) throws -> [[Value]] {
        try connection.values("SELECT name, qty FROM \(identifier: table) ORDER BY name")
    }

    /// Inserts, updates and deletes in both tables, in one transaction.
    private static func change(_ connection: any Connection) throws {
        try connection.transaction(.write) {
            for table in ["lot", "bundle"] {
                try connection.execute("INSERT INTO \(identifier: table) VALUES ('d', 4)")
                try connection.execute("UPDATE \(identifier: table) SET qty = 10 WHERE name = 'a'")
                try connection.execute("DELETE FROM \(identifier: table) WHERE name = 'b'")
            }
        }
    }

    @Test("A snapshot is of the instant it began, though nothing was read by then", arguments: TestEngine.allCases)
    func instantOfBegin(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        try reader.transaction(.snapshot) {
            try Self.change(writer)
            #expect(try Self.content("lot", reader) == Self.before)
            #expect(try Self.content("bundle", reader) == Self.before)
        }
        #expect(try Self.content("lot", reader) == Self.after)
        #expect(try Self.content("bundle", reader) == Self.after)
    }

    @Test("Two tables read one after the other are of the same instant", arguments: TestEngine.allCases)
    func twoTables(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        try reader.transaction(.snapshot) {
            #expect(try Self.content("lot", reader) == Self.before)
            try Self.change(writer)
            #expect(try Self.content("bundle", reader) == Self.before)
            #expect(try Self.content("lot", reader) == Self.before)
        }
    }

    @Test(
        "A snapshot holds while another connection writes in the middle of a streamed result",
        arguments: TestEngine.allCases)
    func whileStreaming(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.fill(database)
        try writer.transaction(.write) {
            for row in 0..<300 { try writer.execute("INSERT INTO lot VALUES (\("m\(row)"), \(row))") }
        }
        let reader = try database.connect()
        var rows = 0
        try reader.transaction(.snapshot) {
            try reader.forEachRow("SELECT name FROM lot ORDER BY name") { _ in
                rows += 1
                if rows == 1 { try writer.execute("DELETE FROM lot") }
            }
            #expect(try reader.count("SELECT COUNT(*) FROM lot") == 303)
        }
        #expect(rows == 303)
        #expect(try reader.count("SELECT COUNT(*) FROM lot") == 0)
    }

    @Test("Each snapshot is a new one", arguments: TestEngine.allCases)
    func again(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        for round in 1...3 {
            let seen = try reader.transaction(.snapshot) {
                try writer.execute("UPDATE lot SET qty = \(round * 100) WHERE name = 'a'")
                return try reader.count("SELECT qty FROM lot WHERE name = 'a'")
            }
            #expect(seen == (round == 1 ? 1 : (round - 1) * 100))
        }
    }

    @Test("Writing in a snapshot is refused as read-only, and the snapshot goes on", arguments: TestEngine.allCases)
    func writing(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.fill(database)
        try connection.transaction(.snapshot) {
            for sql: SQL in [
                "INSERT INTO lot VALUES ('x', 1)", "UPDATE lot SET qty = \(5)", "DELETE FROM lot",
            ] {
                let error = #expect(throws: DatabaseError.self) { try connection.execute(sql) }
                #expect(error?.kind == .readOnly)
                #expect(error?.code == (engine == .sqlite ? 8 : 1792))
            }
            let content = try Self.content("lot", connection)
            #expect(content == Self.before)
        }
        #expect(try connection.execute("DELETE FROM lot") == 3)
    }

    @Test("A snapshot ends with a rollback as well", arguments: TestEngine.allCases)
    func rollback(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        try reader.begin(.snapshot)
        #expect(try Self.content("lot", reader) == Self.before)
        try Self.change(writer)
        try reader.rollback()
        #expect(try Self.content("lot", reader) == Self.after)
        #expect(try reader.execute("DELETE FROM lot") == 3)
    }

    @Test("A reader is not blocked by another connection's open transaction", arguments: TestEngine.allCases)
    func readersDoNotWait(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        try writer.begin(.write)
        try writer.execute("UPDATE lot SET qty = 77")
        try writer.execute("DELETE FROM bundle")
        let start = ContinuousClock.now
        #expect(try Self.content("lot", reader) == Self.before)
        #expect(try reader.transaction(.snapshot) { try Self.content("bundle", reader) } == Self.before)
        // Far below both engines' patience with locks.
        #expect(ContinuousClock.now - start < .seconds(5))
        try writer.commit()
        #expect(try reader.count("SELECT COUNT(*) FROM lot WHERE qty = 77") == 3)
    }

    @Test("A writer is not blocked by an open snapshot", arguments: TestEngine.allCases)
    func writersDoNotWait(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        try reader.begin(.snapshot)
        #expect(try Self.content("lot", reader) == Self.before)
        let start = ContinuousClock.now
        try Self.change(writer)
        #expect(ContinuousClock.now - start < .seconds(5))
        try reader.commit()
    }

    @Test("A MariaDB snapshot holds, whatever the isolation level is by default")
    func isolation() throws {
        let database = try TestDatabase(.mariadb)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        try reader.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
        try reader.transaction(.snapshot) {
            try Self.change(writer)
            #expect(try Self.content("lot", reader) == Self.before)
            #expect(try Self.content("bundle", reader) == Self.before)
        }
        #expect(try Self.content("lot", reader) == Self.after)
    }

    @Test("A table altered since a MariaDB snapshot began is a conflict with it")
    func altered() throws {
        let database = try TestDatabase(.mariadb)
        let writer = try Self.fill(database)
        let reader = try database.connect()
        let error = #expect(throws: DatabaseError.self) {
            try reader.transaction(.snapshot) {
                try writer.execute("ALTER TABLE lot ADD COLUMN note VARCHAR(10), ALGORITHM = COPY")
                _ = try Self.content("lot", reader)
            }
        }
        #expect(error?.kind == .snapshotConflict)
        #expect(error?.code == 1412)
        #expect(try Self.content("lot", reader) == Self.before)
    }
}
