import Database
import ErrorModel
import TestSupport
import Testing

@Suite("Transactions")
struct TransactionTests {
    private struct Refusal: Error, Equatable {
        var reason = "the guard says no"
    }

    private static func makeLots(in database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        let text = database.engine.text("VARCHAR(20)")
        try connection.execute("CREATE TABLE lot (name \(raw: text) NOT NULL PRIMARY KEY, qty INTEGER NOT NULL)")
        return connection
    }

    private static func lots(_ connection: any Connection) throws -> [String?] {
        try connection.rows("SELECT name FROM lot ORDER BY name") { $0.text(0) }
    }

    @Test("What a transaction wrote is seen by others after its commit and not before", arguments: TestEngine.allCases)
    func commit(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let writer = try Self.makeLots(in: database)
        let reader = try database.connect()
        let result = try writer.transaction(.write) {
            try writer.execute("INSERT INTO lot VALUES ('a', 1)")
            try writer.insertInBulk(into: "lot", ["name", "qty"], [[.text("b"), .integer(2)]])
            #expect(try Self.lots(writer) == ["a", "b"])
            #expect(try Self.lots(reader) == [])
            return 42
        }
        #expect(result == 42)
        #expect(try Self.lots(reader) == ["a", "b"])
    }

    @Test("An error undoes everything and is passed on unchanged", arguments: TestEngine.allCases)
    func rollbackOnThrow(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.execute("INSERT INTO lot VALUES ('kept', 1)")
        #expect(throws: Refusal()) {
            try connection.transaction(.write) {
                try connection.execute("INSERT INTO lot VALUES ('a', 1)")
                try connection.execute("UPDATE lot SET qty = 7")
                try connection.execute("DELETE FROM lot WHERE name = 'kept'")
                throw Refusal()
            }
        }
        #expect(try connection.values("SELECT name, qty FROM lot") == [[.text("kept"), .integer(1)]])
        _ = try connection.transaction(.write) { try connection.execute("INSERT INTO lot VALUES ('next', 1)") }
        #expect(try Self.lots(connection) == ["kept", "next"])
    }

    @Test("A refused statement undoes the transaction, with the engine's error", arguments: TestEngine.allCases)
    func rollbackOnStatement(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction(.write) {
                try connection.execute("INSERT INTO lot VALUES ('a', 1)")
                try connection.execute("INSERT INTO lot VALUES ('a', 2)")
            }
        }
        #expect(error?.kind == .uniqueViolation)
        #expect(try Self.lots(connection) == [])
    }

    @Test("Rolling back without a transaction does nothing", arguments: TestEngine.allCases)
    func rollbackWithout(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.rollback()
        try connection.execute("INSERT INTO lot VALUES ('a', 1)")
        try connection.rollback()
        try connection.begin(.write)
        try connection.execute("INSERT INTO lot VALUES ('b', 1)")
        try connection.commit()
        try connection.rollback()
        #expect(try Self.lots(connection) == ["a", "b"])
        try connection.begin(.write)
        try connection.execute("INSERT INTO lot VALUES ('c', 1)")
        try connection.rollback()
        try connection.rollback()
        #expect(try Self.lots(connection) == ["a", "b"])
    }

    @Test("A transaction inside a transaction is refused and commits nothing", arguments: TestEngine.allCases)
    func nested(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        for inner in [TransactionMode.write, .snapshot] {
            var reached = false
            let error = #expect(throws: DatabaseError.self) {
                try connection.transaction(.write) {
                    try connection.execute("INSERT INTO lot VALUES ('a', 1)")
                    try connection.transaction(inner) { reached = true }
                }
            }
            #expect(error?.code == (engine == .sqlite ? 1 : 1568))
            #expect(!reached)
            #expect(try Self.lots(connection) == [])
        }
    }

    @Test("A transaction that cannot begin does not run its body", arguments: TestEngine.allCases)
    func cannotBegin(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        connection.close()
        var reached = false
        let error = #expect(throws: DatabaseError.self) { try connection.transaction(.write) { reached = true } }
        #expect(error?.kind == .misuse)
        #expect(!reached)
    }

    @Test("Closing undoes an open transaction and frees what it held", arguments: TestEngine.allCases)
    func close(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let other = try Self.makeLots(in: database)
        let connection = try database.connect()
        try connection.begin(.write)
        try connection.execute("INSERT INTO lot VALUES ('a', 1)")
        connection.close()
        connection.close()
        // The same key: this waits for an open transaction, fails after a committed one, and works after an undone one.
        _ = try other.transaction(.write) { try other.execute("INSERT INTO lot VALUES ('a', 2)") }
        #expect(try other.values("SELECT name, qty FROM lot") == [[.text("a"), .integer(2)]])
    }

    @Test("Losing the last reference undoes an open transaction, too", arguments: TestEngine.allCases)
    func lastReference(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let other = try Self.makeLots(in: database)
        do {
            let connection = try database.connect()
            try connection.begin(.write)
            try connection.insertInBulk(into: "lot", ["name", "qty"], [[.text("a"), .integer(1)]])
        }
        _ = try other.transaction(.write) { try other.execute("INSERT INTO lot VALUES ('a', 2)") }
        #expect(try other.values("SELECT name, qty FROM lot") == [[.text("a"), .integer(2)]])
    }

    @Test(
        "Closing undoes an open transaction while a bulk insert is still about, and ends that, too",
        arguments: TestEngine.allCases)
    func closeWithBulk(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let other = try Self.makeLots(in: database)
        let connection = try database.connect()
        try connection.begin(.write)
        let bulk = try connection.bulkInsert(into: "lot", columns: ["name", "qty"])
        try bulk.append([.text("a"), .integer(1)])
        try bulk.flush()
        connection.close()
        #expect(throws: DatabaseError.self) {
            try bulk.append([.text("b"), .integer(1)])
            try bulk.flush()
        }
        #expect(bulk.rowsWritten == 1)
        _ = try other.transaction(.write) { try other.execute("INSERT INTO lot VALUES ('a', 2)") }
        #expect(try other.values("SELECT name, qty FROM lot") == [[.text("a"), .integer(2)]])
    }

    @Test("When undoing fails too, both errors are kept", arguments: TestEngine.allCases)
    func bothErrors(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        let error = #expect(throws: TransactionError.self) {
            try connection.transaction(.write) {
                try connection.execute("INSERT INTO lot VALUES ('a', 1)")
                connection.close()
                throw Refusal()
            }
        }
        #expect(error?.cause as? Refusal == Refusal())
        #expect((error?.rollback as? DatabaseError)?.kind == .misuse)
        #expect(error?.description.contains("the guard says no") == true)
        #expect(error?.description.contains("the connection is closed") == true)
        #expect(try Self.lots(database.connect()) == [])
    }

    @Test("A commit that is refused leaves nothing, and the connection usable")
    func refusedCommit() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try Self.makeLots(in: database)
        try connection.execute(
            "CREATE TABLE item (lot TEXT REFERENCES lot (name) DEFERRABLE INITIALLY DEFERRED)")
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction(.write) { try connection.execute("INSERT INTO item VALUES ('absent')") }
        }
        #expect(error?.kind == .constraintViolation)
        #expect(try connection.count("SELECT COUNT(*) FROM item") == 0)
        _ = try connection.transaction(.write) { try connection.execute("INSERT INTO lot VALUES ('a', 1)") }
        #expect(try Self.lots(connection) == ["a"])
    }

    @Test("A transaction that the engine has undone itself is no second error")
    func undoneByTheEngine() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try Self.makeLots(in: database)
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction(.write) {
                try connection.execute("INSERT INTO lot VALUES ('a', 1)")
                try connection.execute("INSERT OR ROLLBACK INTO lot VALUES ('a', 2)")
            }
        }
        #expect(error?.kind == .uniqueViolation)
        #expect(try Self.lots(connection) == [])
    }
}
