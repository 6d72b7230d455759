import Database
import TestSupport
import Testing

@Suite("Statements")
struct StatementTests {
    /// A table of lots with a key that the engine gives.
    private static func makeLots(in database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        let key = database.engine == .sqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT PRIMARY KEY AUTO_INCREMENT"
        let text = database.engine.text("VARCHAR(255)")
        try connection.execute("CREATE TABLE lot (id \(raw: key), name \(raw: text), qty INTEGER)")
        return connection
    }

    @Test("An interpolated value is a mark in the text and a bind beside it")
    func interpolation() {
        let absent: String? = nil
        let sql: SQL =
            "SELECT \("a'b"), \(1), \(Int64.max), \(true), \(absent) FROM \(identifier: "t") \(raw: "WHERE 1")"
        #expect(sql.text == "SELECT ?, ?, ?, ?, ? FROM `t` WHERE 1")
        #expect(
            sql.binds == [.text("a'b"), .integer(1), .integer(.max), .integer(1), .null])
        #expect(SQL(raw: "SELECT '?'").binds.isEmpty)
    }

    @Test("An identifier's backticks are doubled")
    func identifiers() {
        let sql: SQL = "\(identifier: "a`b")\(identifier: "``")\(identifier: "")"
        #expect(sql.text == "`a``b`" + "``````" + "``")
        #expect(sql.binds.isEmpty)
    }

    @Test(
        "SQL in a value stays data", arguments: TestEngine.allCases,
        ["x'); DROP TABLE lot; --", "' OR '1'='1", "\\' OR 1=1 --", "\"; DELETE FROM lot; --", "?", "`", "\u{0}'"])
    func injection(engine: TestEngine, text: String) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.execute("INSERT INTO lot (name) VALUES (\("other"))")
        try connection.execute("INSERT INTO lot (name) VALUES (\(text))")
        #expect(try connection.count("SELECT COUNT(*) FROM lot WHERE name = \(text)") == 1)
        #expect(try connection.execute("DELETE FROM lot WHERE name = \(text)") == 1)
        #expect(try connection.bytes("SELECT name FROM lot") == [Array("other".utf8)])
    }

    @Test(
        "Any name can be a table's and a column's", arguments: TestEngine.allCases,
        [
            "select", "two words", "tick`tick", "\"quoted\"", "it's", "semi;colon", "wo?nder", "Größe", "per%cent",
            "back\\slash",
        ])
    func names(engine: TestEngine, name: String) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.execute("CREATE TABLE \(identifier: name) (\(identifier: name) INTEGER)")
        #expect(try connection.execute("INSERT INTO \(identifier: name) (\(identifier: name)) VALUES (\(7))") == 1)
        #expect(try connection.insertInBulk(into: name, [name], [[.integer(8)]]) == 1)
        #expect(
            try connection.values("SELECT \(identifier: name) FROM \(identifier: name) ORDER BY 1")
                == [[.integer(7)], [.integer(8)]])
        #expect(try connection.columns(of: name)?.map(\.name) == [name])
    }

    @Test(
        "Execute returns the rows that were written, and those that an update matched", arguments: TestEngine.allCases)
    func affectedRows(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        #expect(try connection.execute("INSERT INTO lot (name, qty) VALUES ('a', 1), ('b', 1), ('c', 2)") == 3)
        #expect(try connection.execute("UPDATE lot SET qty = 9 WHERE qty = 1") == 2)
        #expect(try connection.execute("UPDATE lot SET qty = 9 WHERE qty = 9") == 2)
        #expect(try connection.execute("UPDATE lot SET qty = \(9) WHERE qty = \(9)") == 2)
        #expect(try connection.execute("UPDATE lot SET qty = 9 WHERE qty = 100") == 0)
        #expect(try connection.execute("DELETE FROM lot WHERE qty = \(9)") == 2)
        #expect(try connection.execute("DELETE FROM lot") == 1)
        #expect(try connection.execute("DELETE FROM lot") == 0)
    }

    @Test("A statement that writes no row returns zero, whatever ran before it", arguments: TestEngine.allCases)
    func nothingAffected(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.execute("INSERT INTO lot (name) VALUES ('a'), ('b'), ('c')")
        #expect(try connection.execute("CREATE TABLE other (id INTEGER)") == 0)
        try connection.execute("INSERT INTO lot (name) VALUES ('d'), ('e')")
        #expect(try connection.execute("SELECT name FROM lot") == 0)
        #expect(try connection.execute("SELECT name FROM lot WHERE id > \(0)") == 0)
        try connection.execute("INSERT INTO lot (name) VALUES ('f'), ('g')")
        #expect(try connection.execute("DROP TABLE other") == 0)
    }

    @Test("A query's rows can be dropped, and the connection goes on", arguments: TestEngine.allCases)
    func droppedRows(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.insertInBulk(
            into: "lot", ["name", "qty"], (0..<3000).map { [.text("LOT \($0)"), .integer(Int64($0))] })
        try connection.execute("SELECT * FROM lot")
        try connection.execute("SELECT * FROM lot WHERE qty >= \(0)")
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 3000)
    }

    @Test("The last key given stays known until the next insert", arguments: TestEngine.allCases)
    func lastInsertedID(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.execute("INSERT INTO lot (name) VALUES (\("a"))")
        let first = connection.lastInsertedID
        #expect(first > 0)
        try connection.execute("INSERT INTO lot (name) VALUES ('b')")
        #expect(connection.lastInsertedID == first + 1)
        try connection.execute("UPDATE lot SET qty = 1")
        try connection.execute("UPDATE lot SET qty = \(2)")
        try connection.execute("DELETE FROM lot WHERE id = \(first)")
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 1)
        #expect(connection.lastInsertedID == first + 1)
        _ = try connection.transaction(.write) {
            try connection.execute("INSERT INTO lot (id, name) VALUES (1000, 'c')")
        }
        #expect(connection.lastInsertedID == 1000)
        try connection.execute("INSERT INTO lot (name) VALUES (\("d"))")
        #expect(connection.lastInsertedID == 1001)
    }

    @Test("A text of two statements is refused whole", arguments: TestEngine.allCases)
    func twoStatements(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        for sql: SQL in [
            "INSERT INTO lot (name) VALUES ('a'); INSERT INTO lot (name) VALUES ('b')",
            "INSERT INTO lot (name) VALUES (\("a")); INSERT INTO lot (name) VALUES (\("b"))",
        ] {
            #expect(throws: DatabaseError.self) { try connection.execute(sql) }
        }
        #expect(throws: DatabaseError.self) { try connection.count("SELECT 1; SELECT 2") }
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 0)
        #expect(try connection.execute("INSERT INTO lot (name) VALUES ('a');\n") == 1)
    }

    @Test("A mark without a value, and a value without a mark, are misuse", arguments: TestEngine.allCases)
    func marks(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        for sql: SQL in ["SELECT \(1), \(raw: "?")", "SELECT \(1) -- \(2)"] {
            let error = #expect(throws: DatabaseError.self) { try connection.count(sql) }
            #expect(error?.kind == .misuse)
        }
        #expect(try connection.count("SELECT \(1)") == 1)
    }

    @Test("An insert can hand its rows back", arguments: TestEngine.allCases)
    func returning(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        #expect(
            try connection.values("INSERT INTO lot (id, name) VALUES (\(5), \("a")) RETURNING id, name")
                == [[.integer(5), .text("a")]])
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 1)
    }

    @Test("Helpers for small results return all rows, the first row, or nothing", arguments: TestEngine.allCases)
    func smallResults(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        #expect(try connection.rows("SELECT name FROM lot") { $0.text(0) }.isEmpty)
        #expect(try connection.first("SELECT name FROM lot") { $0.text(0) ?? "" } == nil)
        #expect(try connection.count("SELECT MAX(qty) FROM lot") == 0)
        try connection.execute("INSERT INTO lot (name, qty) VALUES ('a', 4), ('b', 6)")
        #expect(try connection.rows("SELECT name FROM lot ORDER BY name") { $0.text(0) } == ["a", "b"])
        #expect(try connection.first("SELECT name FROM lot ORDER BY name") { $0.text(0) } == "a")
        #expect(try connection.count("SELECT MAX(qty) FROM lot") == 6)
    }
}
