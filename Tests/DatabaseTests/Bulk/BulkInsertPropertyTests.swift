import Database
import Harness
import TestSupport
import Testing

/// Random rows in bulk, against the same rows by plain inserts.
@Suite("Bulk inserts against plain ones")
struct BulkInsertPropertyTests {
    private static let pieces = [
        "", "a", "Z", "é", "e\u{301}", "🔩", "'", "\\", "\"", "\n", "\u{0}", "%", " ", "0", "part ",
    ]

    private static func text(_ random: inout SplitMix64) -> String {
        let length =
            switch Int.random(in: 0..<100, using: &random) {
            case 0: Int.random(in: 10_000...30_000, using: &random)
            case 1...5: Int.random(in: 200...900, using: &random)
            default: Int.random(in: 0...12, using: &random)
            }
        return (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    private static func rows(_ random: inout SplitMix64) -> [[Value]] {
        let nullsInThousand = [0, 10, 300, 990].randomElement(using: &random) ?? 0
        return (0..<Int.random(in: 1...2600, using: &random)).map { id in
            let isNull = (0..<3).map { _ in Int.random(in: 0..<1000, using: &random) < nullsInThousand }
            return [
                .integer(Int64(id)),
                isNull[0] ? .null : .text(text(&random)),
                isNull[1] ? .null : .integer(Int64(truncatingIfNeeded: random.next())),
                isNull[2] ? .null : .text(text(&random)),
            ]
        }
    }

    @Test(
        "Random rows read back the same whichever way they came in", arguments: TestEngine.allCases,
        [1, 2, 3, 4] as [UInt64])
    func sameRows(engine: TestEngine, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rows = Self.rows(&random)
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        let text = engine.text("LONGTEXT")
        for table in ["bulk", "plain"] {
            try connection.execute(
                "CREATE TABLE \(raw: table) (id BIGINT PRIMARY KEY, a \(raw: text), n BIGINT, b \(raw: text))")
        }
        try connection.transaction(.write) {
            let bulk = try connection.bulkInsert(into: "bulk", columns: ["id", "a", "n", "b"])
            for row in rows {
                try bulk.append(row)
                // Now and then a batch ends by hand.
                if Int.random(in: 0..<500, using: &random) == 0 { try bulk.flush() }
            }
            try bulk.flush()
            #expect(bulk.rowsWritten == rows.count)
            for row in rows {
                guard case .integer(let id) = row[0] else { continue }
                let (a, b) = (Self.textOf(row[1]), Self.textOf(row[3]))
                if case .integer(let number) = row[2] {
                    try connection.execute("INSERT INTO plain VALUES (\(id), \(a), \(number), \(b))")
                } else {
                    try connection.execute("INSERT INTO plain VALUES (\(id), \(a), NULL, \(b))")
                }
            }
        }
        let differences = try connection.count(
            """
            SELECT COUNT(*) FROM plain LEFT JOIN bulk ON bulk.id = plain.id \
            WHERE bulk.id IS NULL OR NOT (COALESCE(bulk.a = plain.a, bulk.a IS NULL AND plain.a IS NULL) \
            AND COALESCE(bulk.n = plain.n, bulk.n IS NULL AND plain.n IS NULL) \
            AND COALESCE(bulk.b = plain.b, bulk.b IS NULL AND plain.b IS NULL))
            """)
        #expect(differences == 0)
        let held = try connection.rows("SELECT id, a, n, b FROM bulk ORDER BY id") { Self.bytes($0.values) }
        let isSame = held == rows.map(Self.bytes)
        #expect(isSame)
    }

    private static func textOf(_ value: Value) -> String? {
        if case .text(let text) = value { text } else { nil }
    }

    /// A row that compares by bytes, where Swift's text would compare by meaning.
    private static func bytes(_ row: [Value]) -> [[UInt8]?] {
        row.map { value in
            switch value {
            case .null: nil
            case .integer(let integer): Array("\(integer)".utf8)
            case .real(let real): Array("\(real)".utf8)
            case .text(let text): [0xFF] + Array(text.utf8)
            }
        }
    }
}
