import Database
import TestSupport
import Testing

@Suite("Bulk inserts")
struct BulkInsertTests {
    private static let columns = ["id", "name", "qty", "note"]

    private static func makeLots(in database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        let text = database.engine.text("VARCHAR(255)")
        let name = database.engine == .sqlite ? "VARCHAR(255) CHECK (length(name) <= 255)" : text
        try connection.execute(
            """
            CREATE TABLE lot (id INTEGER NOT NULL PRIMARY KEY, name \(raw: name), qty BIGINT, note \(raw: text))
            """)
        return connection
    }

    private static func row(_ id: Int) -> [Value] {
        [
            .integer(Int64(id)), .text("LOT-\(id)"), .integer(Int64(id) * 1_000_000_007),
            id.isMultiple(of: 3) ? .null : .text(String(repeating: "é", count: id % 40)),
        ]
    }

    private static func held(_ connection: any Connection) throws -> [[Value]] {
        try connection.values("SELECT id, name, qty, note FROM lot ORDER BY id")
    }

    @Test(
        "Any number of rows arrives, around the size of a batch too", arguments: TestEngine.allCases,
        [0, 1, 2, 1999, 2000, 2001, 4000, 10_000])
    func counts(engine: TestEngine, count: Int) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        let rows = (0..<count).map(Self.row)
        let written = try connection.transaction(.write) {
            try connection.insertInBulk(into: "lot", Self.columns, rows)
        }
        #expect(written == count)
        #expect(try Self.held(connection) == rows)
    }

    @Test("Flushing may come at any time, more than once, and for nothing", arguments: TestEngine.allCases)
    func flushing(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.begin(.write)
        let bulk = try connection.bulkInsert(into: "lot", columns: Self.columns)
        try bulk.flush()
        #expect(bulk.rowsWritten == 0)
        var expected = 0
        for size in [1, 3, 0, 2000, 1, 2500] {
            for id in expected..<(expected + size) { try bulk.append(Self.row(id)) }
            expected += size
            try bulk.flush()
            #expect(bulk.rowsWritten == expected)
            try bulk.flush()
            #expect(bulk.rowsWritten == expected)
        }
        try connection.commit()
        #expect(try Self.held(connection) == (0..<expected).map(Self.row))
    }

    @Test("Without a transaction each batch is kept by itself", arguments: TestEngine.allCases)
    func withoutTransaction(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        let rows = (0..<50).map(Self.row)
        #expect(try connection.insertInBulk(into: "lot", Self.columns, rows) == 50)
        #expect(try Self.held(try database.connect()) == rows)
    }

    @Test("The statements of one transaction and its bulk inserts take turns", arguments: TestEngine.allCases)
    func takingTurns(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        try connection.execute("CREATE TABLE seen (id INTEGER)")
        try connection.transaction(.write) {
            let lots = try connection.bulkInsert(into: "lot", columns: Self.columns)
            let seen = try connection.bulkInsert(into: "seen", columns: ["id"])
            for id in 0..<10_000 {
                try lots.append(Self.row(id))
                try seen.append([.integer(Int64(id))])
                if id == 1500 { try connection.execute("INSERT INTO seen VALUES (\(-1))") }
                if id == 9000 { #expect(try connection.count("SELECT COUNT(*) FROM seen") >= 8193) }
            }
            try seen.flush()
            try lots.flush()
        }
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 10_000)
        #expect(try connection.count("SELECT SUM(id) FROM seen") == 9999 * 5000 - 1)
    }

    @Test(
        "NULL can stand in every column, alone, throughout, and where text or numbers follow",
        arguments: TestEngine.allCases)
    func nulls(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        let text = engine.text("VARCHAR(255)")
        try connection.execute(
            "CREATE TABLE held (id INTEGER, never \(raw: text), late \(raw: text), lateNumber BIGINT, early \(raw: text))"
        )
        // The first batch of 2000 knows no text and no number in the "late" columns, the last none in "early".
        let rows: [[Value]] = (0..<6000).map { id in
            [
                .integer(Int64(id)), .null,
                id > 2500 ? .text(id.isMultiple(of: 2) ? "" : "late \(id)") : .null,
                id > 4100 ? .integer(Int64(-id)) : .null,
                id < 1990 && id % 7 != 0 ? .text("early \(id)") : .null,
            ]
        }
        #expect(
            try connection.transaction(.write) {
                try connection.insertInBulk(into: "held", ["id", "never", "late", "lateNumber", "early"], rows)
            } == 6000)
        #expect(try connection.values("SELECT id, never, late, lateNumber, early FROM held ORDER BY id") == rows)
        #expect(try connection.count("SELECT COUNT(*) FROM held WHERE late = ''") == 1750 - 1)
    }

    @Test("Every bit of a number and every byte of a text arrives", arguments: TestEngine.allCases)
    func extremes(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try Self.makeLots(in: database)
        let numbers: [Int64] = [.min, .max, 0, -1, 1 << 53 + 1]
        let texts = [
            "", "NUL\u{0}inside", "🔩", "cafe\u{301}", "it's \\ \"so\" %_?\n", String(repeating: "🔩", count: 255),
        ]
        var rows: [[Value]] = []
        for (index, text) in texts.enumerated() {
            rows.append([
                .integer(Int64(index)), .text(text), .integer(numbers[index % numbers.count]), .text(text),
            ])
        }
        try connection.insertInBulk(into: "lot", Self.columns, rows)
        #expect(try connection.bytes("SELECT name FROM lot ORDER BY id") == texts.map { Array($0.utf8) })
        #expect(try connection.bytes("SELECT note FROM lot ORDER BY id") == texts.map { Array($0.utf8) })
        #expect(try Self.held(connection).map { $0[2] } == rows.map { $0[2] })
    }

    @Test("Fractions go in bulk, too", arguments: TestEngine.allCases)
    func fractions(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (id INTEGER, qty DOUBLE)")
        let rows: [[Value]] = [
            [.integer(0), .null], [.integer(1), .real(0.1)], [.integer(2), .real(-1e300)], [.integer(3), .real(0)],
        ]
        #expect(try connection.insertInBulk(into: "held", ["id", "qty"], rows) == 4)
        #expect(try connection.values("SELECT id, qty FROM held ORDER BY id") == rows)
    }

    @Test("Columns left out get their defaults", arguments: TestEngine.allCases)
    func defaults(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (id INTEGER, qty INTEGER NOT NULL DEFAULT 7)")
        try connection.insertInBulk(into: "held", ["id"], [[.integer(1)], [.integer(2)]])
        #expect(
            try connection.values("SELECT id, qty FROM held ORDER BY id")
                == [[.integer(1), .integer(7)], [.integer(2), .integer(7)]])
    }

    @Test("Rows streamed from one connection go straight into another's bulk insert", arguments: TestEngine.allCases)
    func throughput(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let source = try Self.makeLots(in: database)
        let rows = (0..<5000).map(Self.row)
        _ = try source.transaction(.write) { try source.insertInBulk(into: "lot", Self.columns, rows) }
        let otherDatabase = try TestDatabase(engine)
        let target = try Self.makeLots(in: otherDatabase)
        try target.transaction(.write) {
            let bulk = try target.bulkInsert(into: "lot", columns: Self.columns)
            try source.forEachRow("SELECT id, name, qty, note FROM lot ORDER BY id") { row in
                try bulk.append(UnsafeBufferPointer(row.cells))
            }
            try bulk.flush()
            #expect(bulk.rowsWritten == 5000)
        }
        #expect(try Self.held(target) == rows)
    }
}
