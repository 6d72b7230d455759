import Database
import TestSupport
import Testing

/// Text longer than a driver's usual buffer, which MariaDB's fetches in a second step.
@Suite("Long texts")
struct LongTextTests {
    /// A text of `length` bytes whose every part says where it is.
    private static func text(_ length: Int, _ mark: String) -> String {
        var text = ""
        text.reserveCapacity(length + 16)
        while text.utf8.count < length { text += "\(mark)\(text.utf8.count)|" }
        return String(decoding: text.utf8.prefix(length), as: UTF8.self)
    }

    private static func fill(_ engine: TestEngine, _ lengths: [(Int?, Int?)]) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        let type = engine.text("LONGTEXT")
        try connection.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, a \(raw: type), n INTEGER, b \(raw: type))")
        for (id, (a, b)) in lengths.enumerated() {
            let (a, b) = (a.map { text($0, "a\(id)-") }, b.map { text($0, "b\(id)-") })
            try connection.execute("INSERT INTO held (id, a, n, b) VALUES (\(id), \(a), \(id * 3), \(b))")
        }
        return database
    }

    /// Reads the table and compares every byte; says which row differs, not how.
    private static func check(_ database: TestDatabase, _ lengths: [(Int?, Int?)]) throws {
        let connection = try database.connect()
        var id = 0
        try connection.forEachRow("SELECT a, n, b FROM held ORDER BY id") { row in
            let a = lengths[id].0.map { Array(text($0, "a\(id)-").utf8) }
            let b = lengths[id].1.map { Array(text($0, "b\(id)-").utf8) }
            let isAKept = row.utf8(0).map { Array($0) } == a
            let isBKept = row.utf8(2).map { Array($0) } == b
            #expect(isAKept, "row \(id), first text of \(lengths[id].0 ?? -1) bytes")
            #expect(isBKept, "row \(id), second text of \(lengths[id].1 ?? -1) bytes")
            #expect(row.integer(1) == Int64(id * 3))
            id += 1
        }
        #expect(id == lengths.count)
    }

    @Test("Texts around 64 KiB come back whole, row after row of changing length", arguments: TestEngine.allCases)
    func changingLengths(engine: TestEngine) throws {
        let lengths = [
            10, 65_535, 65_536, 65_537, 3, 100_000, 99_999, nil, 100_001, 0, 250_000, 1, 250_000, 65_536, 1_000_000,
            70_000,
        ].map { ($0, Int?.none) }
        try Self.check(Self.fill(engine, lengths), lengths)
    }

    @Test("Two long texts in one row both come back", arguments: TestEngine.allCases)
    func twoInOneRow(engine: TestEngine) throws {
        let lengths: [(Int?, Int?)] = [
            (5, 6), (100_000, 120_000), (1, 2), (300_000, 80_000), (80_000, 300_000), (nil, 400_000), (400_001, nil),
            (66_000, 66_000), (7, 8),
        ]
        try Self.check(Self.fill(engine, lengths), lengths)
    }

    @Test("A text of five megabytes passes through", arguments: TestEngine.allCases)
    func megabytes(engine: TestEngine) throws {
        let lengths: [(Int?, Int?)] = [(5_000_000, 1), (2, 5_000_001)]
        try Self.check(Self.fill(engine, lengths), lengths)
    }

    @Test(
        "A description of 10,000 characters of four bytes fits the column made for it", arguments: TestEngine.allCases)
    func description(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (t \(raw: engine.text("VARCHAR(10000)")))")
        let text = String(repeating: "🔩", count: 10_000)
        try connection.execute("INSERT INTO held (t) VALUES (\(text))")
        let isKept = try connection.bytes("SELECT t FROM held") == [Array(text.utf8)]
        #expect(isKept)
    }
}
