import Database
import DatabaseMariaDB
import Harness
import TestSupport
import Testing

/// Batches that end by their size, and rows at the edge of what the server takes.
@Suite("Bulk inserts of long rows")
struct BulkInsertSizeTests {
    private static func makeTable(in database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        let text = database.engine.text("LONGTEXT")
        try connection.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, a \(raw: text), b \(raw: text))")
        return connection
    }

    private static func text(_ length: Int, _ seed: Int) -> String {
        let unit = "\(seed)-0123456789abcdef|"
        return String(
            decoding: String(repeating: unit, count: length / unit.utf8.count + 1).utf8.prefix(length), as: UTF8.self)
    }

    /// Inserts a row for each pair of lengths and compares every byte.
    private static func check(_ lengths: [(Int, Int)], on database: TestDatabase) throws {
        let connection = try makeTable(in: database)
        let written = try connection.transaction(.write) {
            let bulk = try connection.bulkInsert(into: "held", columns: ["id", "a", "b"])
            for (id, (a, b)) in lengths.enumerated() {
                try bulk.append([.integer(Int64(id)), .text(text(a, id)), .text(text(b, -id))])
            }
            try bulk.flush()
            return bulk.rowsWritten
        }
        #expect(written == lengths.count)
        var id = 0
        var different: [Int] = []
        try connection.forEachRow("SELECT a, b FROM held ORDER BY id") { row in
            let (a, b) = lengths[id]
            if row.text(0) != text(a, id) || row.text(1) != text(b, -id) { different.append(id) }
            id += 1
        }
        #expect(id == lengths.count)
        #expect(different == [])
    }

    @Test("Rows of over a megabyte each go in batches that fit", arguments: TestEngine.allCases)
    func megabytes(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try Self.check(
            [(1_500_000, 10), (1_500_000, 0), (1_500_000, 1), (3_000_000, 3_000_000), (5, 5), (4_194_304, 0), (5, 5)],
            on: database)
    }

    @Test("Rows of changing length keep their own texts", arguments: TestEngine.allCases)
    func changing(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        var random = SplitMix64(seed: 7)
        let lengths = (0..<3000).map { row in
            (
                Int.random(in: 0...40, using: &random),
                row.isMultiple(of: 97) ? 70_000 : Int.random(in: 0...2000, using: &random)
            )
        }
        try Self.check(lengths, on: database)
    }

    @Test("A row just below the server's largest packet passes, alone and among others")
    func justFits() throws {
        let database = try TestDatabase(.mariadb)
        let largest = try MariaDBConnection(try database.options()).maximumPacket
        try Self.check([(3, 4), (largest - 200, 10), (3, 4), (10, largest - 200), (5, 6)], on: database)
    }

    @Test("A row above the server's largest packet is too long, and the connection lives on")
    func tooLarge() throws {
        let database = try TestDatabase(.mariadb)
        let largest = try MariaDBConnection(try database.options()).maximumPacket
        let connection = try Self.makeTable(in: database)
        for (a, b) in [(largest + 1, 0), (largest, 0), (largest / 2, largest / 2 + 1)] {
            try connection.begin(.write)
            let bulk = try connection.bulkInsert(into: "held", columns: ["id", "a", "b"])
            try bulk.append([.integer(1), .text("before"), .null])
            let error = #expect(throws: DatabaseError.self) {
                try bulk.append([.integer(2), .text(Self.text(a, 1)), .text(Self.text(b, 2))])
                try bulk.flush()
            }
            #expect(error?.kind == .dataTooLong)
            #expect(error?.code == 1153)
            #expect(error?.message.contains("max_allowed_packet of \(largest) bytes") == true)
            try connection.rollback()
            #expect(try connection.count("SELECT COUNT(*) FROM held") == 0)
        }
    }

    @Test("SQLite takes a row that MariaDB would not")
    func largeOnSQLite() throws {
        let database = try TestDatabase(.sqlite)
        try Self.check([(17 << 20, 1), (2, 2)], on: database)
    }
}
