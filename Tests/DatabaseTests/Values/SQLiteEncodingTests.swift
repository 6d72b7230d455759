import Database
import TestSupport
import Testing

/// A SQLite file holds its texts in UTF-8 or in UTF-16, and nobody sees a difference.
@Suite("Encodings of SQLite files")
struct SQLiteEncodingTests {
    private static let texts = [
        "", "a", "\u{FEFF}", "\u{FEFF}\u{FEFF}x", "\u{FFFE}", "\u{FFFF}", "NUL\u{0}inside\u{0}", "\u{1F529}",
        "\u{E000}", "Ж",
        "\u{10FFFF}", String(repeating: "🔩", count: 5000), "\u{D7FF}", "\u{FFFD}",
    ]

    @Test(
        "Texts come back byte for byte, inserted one by one or in bulk", arguments: ["UTF-8", "UTF-16le", "UTF-16be"])
    func bytes(encoding: String) throws {
        let database = try TestDatabase(sqliteIn: encoding)
        let connection = try database.connect()
        #expect(try connection.values("PRAGMA encoding") == [[.text(encoding)]])
        try connection.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, t TEXT)")
        for (id, text) in Self.texts.enumerated() {
            try connection.execute("INSERT INTO held (id, t) VALUES (\(id), \(text))")
        }
        try connection.insertInBulk(
            into: "held", ["id", "t"],
            Self.texts.enumerated().map { [.integer(Int64($0.offset + 100)), .text($0.element)] })
        let expected = Self.texts.map { Array($0.utf8) }
        #expect(try connection.bytes("SELECT t FROM held WHERE id < 100 ORDER BY id") == expected)
        #expect(try connection.bytes("SELECT t FROM held WHERE id >= 100 ORDER BY id") == expected)
        for (id, text) in Self.texts.enumerated() {
            #expect(try connection.count("SELECT COUNT(*) FROM held WHERE t = \(text) AND id = \(id)") == 1)
        }
        #expect(
            try connection.values("SELECT COUNT(*), typeof(t) FROM held GROUP BY 2") == [[.integer(28), .text("text")]])
    }

    @Test("In UTF-16 texts can be ordered by code points", arguments: ["UTF-16le", "UTF-16be"])
    func order(encoding: String) throws {
        let database = try TestDatabase(sqliteIn: encoding)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (t TEXT)")
        for text in Self.texts.shuffled() { try connection.execute("INSERT INTO held VALUES (\(text))") }
        let ordered = try connection.bytes("SELECT t FROM held ORDER BY t COLLATE \(raw: CodePointOrder.collation)")
        #expect(ordered == Self.texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test("What is no text in UTF-16 is no UTF-8 either", arguments: ["00D8", "00DC00D8", "4100FFDB4200", "3DD83DD8"])
    func lonely(units: String) throws {
        let database = try TestDatabase(sqliteIn: "UTF-16le")
        let connection = try database.connect()
        let isText = try connection.first("SELECT CAST(x'\(raw: units)' AS TEXT)") { row in
            (row.cell(0).kind == .text, row.utf8(0)?.isValidUTF8)
        }
        #expect(isText?.0 == true && isText?.1 == false)
    }

    @Test("A BLOB is none of a text, in any encoding", arguments: ["UTF-8", "UTF-16le", "UTF-16be"])
    func blobs(encoding: String) throws {
        let connection = try TestDatabase(sqliteIn: encoding).connect()
        let cells = try connection.first("SELECT x'', x'41', 'A', 1, 1.5, NULL") { row in row.cells.map(\.kind) }
        #expect(cells == [.blob, .blob, .text, .integer, .real, .null])
        #expect(try connection.first("SELECT x'41ff'") { $0.utf8(0).map { Array($0) } } == [0x41, 0xFF])
    }
}
