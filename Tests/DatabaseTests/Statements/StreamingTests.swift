import Database
import DatabaseMariaDB
import Foundation
import TestSupport
import Testing

@Suite("Streaming")
struct StreamingTests {
    private struct Enough: Error, Equatable {
        let row: Int
    }

    /// A query of `rows` rows that costs no table: a number, and a text of `bytes` bytes.
    private static func query(_ engine: TestEngine, rows: Int, bytes: Int) -> SQL {
        switch engine {
        case .sqlite:
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(rows)) \
            SELECT n, printf('%0*d', \(bytes), n) FROM numbers
            """
        case .mariadb: "SELECT seq, LPAD(seq, \(bytes), '0') FROM \(identifier: "seq_1_to_\(rows)")"
        }
    }

    @Test("Every row arrives, once and in order", arguments: TestEngine.allCases)
    func everyRow(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        var next: Int64 = 1
        var wrong = 0
        try connection.forEachRow(Self.query(engine, rows: 200_000, bytes: 200)) { row in
            if row.integer(0) != next || row.utf8(1)?.count != 200 || row.integer(1) != next { wrong += 1 }
            next += 1
        }
        #expect(next == 200_001)
        #expect(wrong == 0)
    }

    @Test("A result of 320 megabytes passes through without growing the process by it", arguments: TestEngine.allCases)
    func boundedMemory(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        let before = try Self.residentMegabytes()
        var highest = before
        var rows = 0
        try connection.forEachRow(Self.query(engine, rows: 40_000, bytes: 8000)) { _ in
            rows += 1
            if rows % 2000 == 1 { highest = max(highest, try Self.residentMegabytes()) }
        }
        #expect(rows == 40_000)
        // Other tests of this process take memory at the same time.
        #expect(highest - before < 160, "\(before) MB before, \(highest) MB at the highest")
    }

    private static func residentMegabytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }

    @Test("The first row is handed over long before SQLite knows the last")
    func endlessOnSQLite() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try database.connect()
        var rows = 0
        #expect(throws: Enough(row: 1000)) {
            try connection.forEachRow(
                "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT n FROM numbers"
            ) { _ in
                rows += 1
                if rows == 1000 { throw Enough(row: rows) }
            }
        }
        #expect(try connection.count("SELECT 1") == 1)
    }

    @Test("The first row is handed over before the server has made the last")
    func beforeTheServerIsDone() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        let gatekeeper = try database.connect()
        let gate = database.schema
        #expect(try gatekeeper.count("SELECT GET_LOCK(\(gate), 0)") == 1)
        // Row 50,000 waits at a gate that only the first row's closure opens.
        var opened = 0
        var answers: [Int64?] = []
        try connection.forEachRow(
            """
            SELECT seq, LPAD(seq, 400, '0'), IF(seq = 50000, GET_LOCK(\(gate), 20), NULL) FROM seq_1_to_60000
            """
        ) { row in
            if row.integer(0) == 1 { opened = try gatekeeper.count("SELECT RELEASE_LOCK(\(gate))") }
            if row.integer(0) == 50_000 { answers.append(row.integer(2)) }
        }
        #expect(opened == 1)
        #expect(answers == [1])
    }

    @Test(
        "Throwing from the closure ends the query, passes the error on and leaves the connection usable",
        arguments: TestEngine.allCases)
    func throwing(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        for stop in [1, 2, 7, 5000] {
            var rows = 0
            #expect(throws: Enough(row: stop)) {
                try connection.forEachRow(Self.query(engine, rows: 5000, bytes: 300)) { _ in
                    rows += 1
                    if rows == stop { throw Enough(row: rows) }
                }
            }
            #expect(rows == stop)
            #expect(try connection.count("SELECT \(stop)") == stop)
            try connection.execute("CREATE TABLE \(identifier: "after\(stop)") (id INTEGER)")
        }
    }

    @Test("Throwing from the closure undoes the transaction around it", arguments: TestEngine.allCases)
    func throwingInTransaction(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER)")
        #expect(throws: Enough(row: 3)) {
            try connection.transaction(.write) {
                try connection.execute("INSERT INTO lot VALUES (1)")
                var rows = 0
                // More than is on its way at once, and far less than what is read in vain before the connection is cut.
                try connection.forEachRow(Self.query(engine, rows: 5000, bytes: 300)) { _ in
                    rows += 1
                    if rows == 3 { throw Enough(row: rows) }
                }
            }
        }
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 0)
    }

    @Test("Closing in the middle of a result ends it with an error", arguments: TestEngine.allCases)
    func closing(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        var rows = 0
        let error = #expect(throws: DatabaseError.self) {
            try connection.forEachRow(Self.query(engine, rows: 50_000, bytes: 100)) { _ in
                rows += 1
                if rows == 3 { connection.close() }
            }
        }
        #expect(error?.kind == .misuse)
        #expect(rows == 3)
        let next = #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1") }
        #expect(next?.kind == .misuse)
        connection.close()
    }

    @Test("An error in the middle of SQLite's result comes after the rows before it")
    func errorMidway() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try database.connect()
        var rows = 0
        let error = #expect(throws: DatabaseError.self) {
            // abs() of the smallest number is an overflow.
            try connection.forEachRow(
                "SELECT abs(n) FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT -9223372036854775808)"
            ) { _ in rows += 1 }
        }
        #expect(error?.code == 1)
        #expect(rows == 2)
        #expect(try connection.count("SELECT 1") == 1)
    }

    @Test("An error in the middle of MariaDB's result comes after the rows before it")
    func errorMidwayOnMariaDB() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        var rows = 0
        let error = #expect(throws: DatabaseError.self) {
            try connection.forEachRow(
                "SELECT IF(seq < 50000, LPAD(seq, 100, '0'), (SELECT 1 UNION ALL SELECT seq)) FROM seq_1_to_100000"
            ) { _ in rows += 1 }
        }
        #expect(error?.code == 1242)
        #expect(rows == 49_999)
        #expect(try connection.count("SELECT 1") == 1)
    }

    @Test("A second statement while MariaDB streams is misuse at once, and the stream goes on")
    func secondStatement() throws {
        let database = try TestDatabase(.mariadb)
        var options = try database.options()
        // A driver that waits for an answer here fails the test instead of hanging it.
        options.readTimeout = 5
        let connection = try MariaDBConnection(options)
        try connection.execute("CREATE TABLE lot (id INTEGER)")
        let bulk = try connection.bulkInsert(into: "lot", columns: ["id"])
        try bulk.append([.integer(1)])
        var kinds: [DatabaseError.Kind?] = []
        var rows = 0
        func refused(_ body: () throws -> Void) {
            do {
                try body()
                kinds.append(nil)
            } catch {
                kinds.append((error as? DatabaseError)?.kind)
            }
        }
        try connection.forEachRow(Self.query(.mariadb, rows: 20_000, bytes: 200)) { _ in
            rows += 1
            guard rows == 5 else { return }
            refused { try connection.execute("SELECT 1") }
            refused { try connection.execute("INSERT INTO lot VALUES (\(1))") }
            refused { try connection.forEachRow("SELECT 1") { _ in } }
            refused { try connection.begin(.write) }
            refused { _ = try connection.bulkInsert(into: "lot", columns: ["id"]) }
            refused { try bulk.flush() }
            refused { _ = try connection.columns(of: "lot") }
        }
        #expect(kinds == Array(repeating: .misuse, count: 7))
        #expect(rows == 20_000)
        #expect(try connection.count("SELECT COUNT(*) FROM lot") == 0)
    }

    @Test("Two connections stream side by side", arguments: TestEngine.allCases)
    func sideBySide(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let (outer, inner) = (try database.connect(), try database.connect())
        var sum: Int64 = 0
        try outer.forEachRow(Self.query(engine, rows: 20, bytes: 10)) { outerRow in
            try inner.forEachRow(Self.query(engine, rows: 30, bytes: 10)) { innerRow in
                sum += (outerRow.integer(0) ?? 0) * (innerRow.integer(0) ?? 0)
            }
        }
        #expect(sum == 210 * 465)
    }
}
