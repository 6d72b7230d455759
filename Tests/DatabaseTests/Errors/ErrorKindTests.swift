import Database
import ErrorModel
import TestSupport
import Testing

/// What each engine's refusals become.
@Suite("Error kinds")
struct ErrorKindTests {
    private struct Refusal: Sendable, CustomTestStringConvertible {
        let sql: String
        let kind: DatabaseError.Kind
        let sqlite: Int
        let mariadb: Int

        var testDescription: String { sql }
    }

    private static let refusals: [Refusal] = [
        .init(sql: "SELECT * FROM absent", kind: .missingTable, sqlite: 1, mariadb: 1146),
        .init(sql: "INSERT INTO absent VALUES (1)", kind: .missingTable, sqlite: 1, mariadb: 1146),
        .init(sql: "DROP TABLE absent", kind: .missingTable, sqlite: 1, mariadb: 1051),
        .init(sql: "SELECT absent FROM lot", kind: .missingColumn, sqlite: 1, mariadb: 1054),
        .init(sql: "UPDATE lot SET absent = 1", kind: .missingColumn, sqlite: 1, mariadb: 1054),
        .init(sql: "INSERT INTO lot (id, absent) VALUES (9, 1)", kind: .missingColumn, sqlite: 1, mariadb: 1054),
        .init(sql: "INSERT INTO lot VALUES (1, 'other', 1)", kind: .uniqueViolation, sqlite: 1555, mariadb: 1062),
        .init(sql: "INSERT INTO lot VALUES (2, 'a', 1)", kind: .uniqueViolation, sqlite: 2067, mariadb: 1062),
        .init(sql: "UPDATE lot SET name = NULL", kind: .constraintViolation, sqlite: 1299, mariadb: 1048),
        .init(sql: "INSERT INTO lot (id) VALUES (2)", kind: .constraintViolation, sqlite: 1299, mariadb: 1364),
        .init(sql: "UPDATE lot SET qty = -1", kind: .constraintViolation, sqlite: 275, mariadb: 4025),
        .init(sql: "INSERT INTO item VALUES (77)", kind: .constraintViolation, sqlite: 787, mariadb: 1452),
        .init(sql: "DELETE FROM lot", kind: .constraintViolation, sqlite: 787, mariadb: 1451),
        .init(sql: "SELEC 1", kind: .other, sqlite: 1, mariadb: 1064),
        .init(sql: "CREATE TABLE lot (id INTEGER)", kind: .other, sqlite: 1, mariadb: 1050),
    ]

    private static func makeTables(in database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        try connection.execute(
            """
            CREATE TABLE lot (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, qty INTEGER, \
            CHECK (qty >= 0))
            """)
        try connection.execute("CREATE TABLE item (lot INTEGER NOT NULL, FOREIGN KEY (lot) REFERENCES lot (id))")
        try connection.execute("INSERT INTO lot VALUES (1, 'a', 1)")
        try connection.execute("INSERT INTO item VALUES (1)")
        return connection
    }

    @Test(
        "Each refusal has its kind, the engine's own code, and the statement", arguments: TestEngine.allCases, refusals)
    private func kinds(engine: TestEngine, refusal: Refusal) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeTables(in: database)
        let plain = #expect(throws: DatabaseError.self) { try connection.execute(SQL(raw: refusal.sql)) }
        let prepared = #expect(throws: DatabaseError.self) { try connection.forEachRow(SQL(raw: refusal.sql)) { _ in } }
        for error in [plain, prepared] {
            #expect(error?.kind == refusal.kind)
            #expect(error?.code == (engine == .sqlite ? refusal.sqlite : refusal.mariadb))
            #expect(error?.engine.rawValue == engine.rawValue)
            #expect(error?.statement == refusal.sql)
            #expect(error?.place == connection.place)
        }
        #expect(try connection.values("SELECT id, name, qty FROM lot") == [[.integer(1), .text("a"), .integer(1)]])
    }

    @Test(
        "An error's text has the place and the code, the statement only its debug text, and bound values neither",
        arguments: TestEngine.allCases)
    func texts(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeTables(in: database)
        let error = try #require(
            #expect(throws: DatabaseError.self) {
                try connection.execute("SELECT * FROM absent WHERE x = \("private")")
            })
        let name = engine == .sqlite ? "SQLite 1" : "MariaDB 1146"
        #expect(error.description == "\(connection.place): \(error.message) (\(name))")
        #expect(error.debugDescription == "\(error.description) in: SELECT * FROM absent WHERE x = ?")
        #expect(!"\(error)".contains("SELECT"))
        #expect(!String(reflecting: error).contains("private"))
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!dumped.contains("private"))
    }

    @Test("The place names the database and nothing secret", arguments: TestEngine.allCases)
    func place(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        #expect(connection.place == (try database.url))
        #expect(connection.engine.rawValue == engine.rawValue)
    }

    @Test("A refused statement leaves the connection usable, a thousand times", arguments: TestEngine.allCases)
    func manyRefusals(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeTables(in: database)
        for _ in 0..<250 {
            #expect(throws: DatabaseError.self) { try connection.execute("SELECT \(1) FROM absent") }
            #expect(throws: DatabaseError.self) { try connection.execute("INSERT INTO lot VALUES (\(1), 'x', 1)") }
            #expect(throws: DatabaseError.self) { try connection.count("SELECT absent FROM lot") }
            #expect(throws: DatabaseError.self) { try connection.bulkInsert(into: "absent", columns: ["id"]) }
        }
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 1)
    }

    @Test("After closing, every call is misuse", arguments: TestEngine.allCases)
    func closed(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeTables(in: database)
        connection.close()
        connection.close()
        let calls: [(String, () throws -> Void)] = [
            ("execute", { try connection.execute("SELECT 1") }),
            ("execute with a bind", { try connection.execute("SELECT \(1)") }),
            ("forEachRow", { try connection.forEachRow("SELECT 1") { _ in } }),
            ("begin", { try connection.begin(.write) }),
            ("begin a snapshot", { try connection.begin(.snapshot) }),
            ("commit", { try connection.commit() }),
            ("bulkInsert", { _ = try connection.bulkInsert(into: "lot", columns: ["id"]) }),
            ("columns", { _ = try connection.columns(of: "lot") }),
        ]
        for (name, call) in calls {
            let error = #expect(throws: DatabaseError.self, "\(name)") { try call() }
            #expect(error?.kind == .misuse, "\(name)")
        }
    }

    @Test("A table that is full is a full database")
    func full() throws {
        let sqlite = try TestDatabase(.sqlite)
        let file = try sqlite.connect()
        try file.execute("CREATE TABLE held (t TEXT)")
        try file.execute("PRAGMA max_page_count = 20")
        let onSQLite = #expect(throws: DatabaseError.self) {
            for _ in 0..<100 { try file.execute("INSERT INTO held VALUES (\(String(repeating: "x", count: 4000)))") }
        }
        #expect(onSQLite?.kind == .full)
        #expect(onSQLite?.code == 13)

        let mariadb = try TestDatabase(.mariadb)
        let server = try mariadb.connect()
        try server.execute("SET SESSION max_heap_table_size = 16384")
        try server.execute("CREATE TABLE held (t CHAR(250)) ENGINE = MEMORY")
        let onMariaDB = #expect(throws: DatabaseError.self) {
            for _ in 0..<1000 { try server.execute("INSERT INTO held VALUES (\("x"))") }
        }
        #expect(onMariaDB?.kind == .full)
        #expect(onMariaDB?.code == 1114)
    }

    @Test("Text that a MariaDB column cannot hold is refused, not bent")
    func strictness() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.execute(
            "CREATE TABLE held (short VARCHAR(3), latin VARCHAR(20) CHARACTER SET latin1, small TINYINT, day DATE)")
        let refusals: [(SQL, DatabaseError.Kind, Int)] = [
            ("INSERT INTO held (short) VALUES (\("four"))", .dataTooLong, 1406),
            ("INSERT INTO held (latin) VALUES (\("🔩"))", .constraintViolation, 1366),
            ("INSERT INTO held (small) VALUES (\(128))", .constraintViolation, 1264),
            ("INSERT INTO held (small) VALUES (\("many"))", .constraintViolation, 1366),
        ]
        for (sql, kind, code) in refusals {
            let error = #expect(throws: DatabaseError.self) { try connection.execute(sql) }
            #expect(error?.kind == kind)
            #expect(error?.code == code)
        }
        #expect(throws: DatabaseError.self) {
            try connection.execute("INSERT INTO held (day) VALUES (\("2026-02-30"))")
        }
        #expect(try connection.count("SELECT COUNT(*) FROM held") == 0)
    }
}
