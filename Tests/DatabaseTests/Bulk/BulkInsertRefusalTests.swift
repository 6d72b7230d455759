import Database
import TestSupport
import Testing

@Suite("Bulk inserts that are refused")
struct BulkInsertRefusalTests {
    private static func makeLots(in database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        let name =
            switch database.engine {
            case .sqlite: "VARCHAR(20) CHECK (length(name) <= 20)"
            case .mariadb: database.engine.text("VARCHAR(20)")
            }
        try connection.execute("CREATE TABLE lot (id INTEGER NOT NULL PRIMARY KEY, name \(raw: name) NOT NULL)")
        try connection.execute("INSERT INTO lot VALUES (1500, 'stands already')")
        return connection
    }

    /// Inserts 4000 rows of which the last is `bad`, in one transaction, and returns the error.
    private static func insert(_ bad: [Value], _ connection: any Connection) throws -> DatabaseError? {
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction(.write) {
                let bulk = try connection.bulkInsert(into: "lot", columns: ["id", "name"])
                for id in 10_000..<14_000 { try bulk.append([.integer(Int64(id)), .text("LOT-\(id)")]) }
                try bulk.append(bad)
                try bulk.flush()
            }
        }
        #expect(
            try connection.values("SELECT id, name FROM lot") == [[.integer(1500), .text("stands already")]],
            "the transaction was undone whole")
        #expect(try connection.insertInBulk(into: "lot", ["id", "name"], [[.integer(1), .text("next")]]) == 1)
        return error
    }

    @Test("A duplicate key is a unique violation, and all rows can be undone", arguments: TestEngine.allCases)
    func duplicate(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let error = try Self.insert([.integer(1500), .text("again")], try Self.makeLots(in: database))
        #expect(error?.kind == .uniqueViolation)
        #expect(error?.code == (engine == .sqlite ? 1555 : 1062))
        let rest = engine == .sqlite ? "(`id`, `name`) SELECT c0, c1 FROM pnbook_rows(?)" : "VALUES (?, ?)"
        #expect(error?.statement == "INSERT INTO `lot` \(rest)")
    }

    @Test("A text that is too long is refused, not cut", arguments: TestEngine.allCases)
    func tooLong(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let error = try Self.insert(
            [.integer(1), .text(String(repeating: "x", count: 21))], try Self.makeLots(in: database))
        #expect(error?.kind == (engine == .sqlite ? .constraintViolation : .dataTooLong))
        #expect(error?.code == (engine == .sqlite ? 275 : 1406))
    }

    @Test("NULL in a column that takes none is a constraint violation", arguments: TestEngine.allCases)
    func null(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let error = try Self.insert([.integer(1), .null], try Self.makeLots(in: database))
        #expect(error?.kind == .constraintViolation)
        #expect(error?.code == (engine == .sqlite ? 1299 : 1048))
    }

    @Test("The rows before the refused batch count as written, those of the batch do not")
    func rowsWritten() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try Self.makeLots(in: database)
        try connection.begin(.write)
        let bulk = try connection.bulkInsert(into: "lot", columns: ["id", "name"])
        let error = #expect(throws: DatabaseError.self) {
            for id in 0..<20_000 { try bulk.append([.integer(Int64(id - 8191)), .text("x")]) }
        }
        #expect(error?.kind == .uniqueViolation)
        #expect(bulk.rowsWritten == 8192)
        try connection.rollback()
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 1)
    }

    @Test("A missing table and a missing column are known when the insert is prepared", arguments: TestEngine.allCases)
    func missing(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        let table = #expect(throws: DatabaseError.self) { try connection.bulkInsert(into: "absent", columns: ["id"]) }
        #expect(table?.kind == .missingTable)
        let column = #expect(throws: DatabaseError.self) {
            try connection.bulkInsert(into: "lot", columns: ["id", "absent"])
        }
        #expect(column?.kind == .missingColumn)
    }

    @Test("A column that turns from numbers to text is misuse on MariaDB, and the bulk insert can be given up")
    func mixedColumn() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try Self.makeLots(in: database)
        let bulk = try connection.bulkInsert(into: "lot", columns: ["id", "name"])
        try bulk.append([.integer(1), .text("a")])
        let error = #expect(throws: DatabaseError.self) { try bulk.append([.text("2"), .text("b")]) }
        #expect(error?.kind == .misuse)
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 1)
    }
}
