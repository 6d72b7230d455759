import Database
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
    /// Text that something on its way might bend.
    private static let texts: [String] = [
        "", " ", "  blanks around  ", "\t\r\n", "it's", "say \"so\"", "`tick`", "back\\slash", "\\", "\\'", "\\N",
        "NULL",
        "100%", "a_b", "%", "_", "?", ":name", "-- no comment", "/* none */", "x'; DROP TABLE held; --",
        "line one\nline two\r\nline three", "ends in NUL\u{0}", "NUL\u{0}inside", "\u{0}", "\u{1}\u{1A}\u{7F}",
        "Ünïcödé", "日本語の部品", "🙂", "👩🏽‍🔧 family 👨‍👩‍👧‍👦", "𐍈 of four bytes", "\u{10FFFF}", "\u{FEFF}mark", "\u{200B}",
        "é", "e\u{301}", "Å", "A\u{30A}", "ﬁ", "ß", "İstanbul", "ǆ",
        String(repeating: "N", count: 255), String(repeating: "ü", count: 255), String(repeating: "🔩", count: 255),
        String(repeating: "0123456789", count: 1000), String(repeating: "🔩", count: 10_000),
    ]

    @Test("Text comes back byte for byte", arguments: TestEngine.allCases)
    func textBytes(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, t \(raw: engine.text("LONGTEXT")))")
        for (id, text) in Self.texts.enumerated() {
            #expect(try connection.execute("INSERT INTO held (id, t) VALUES (\(id), \(text))") == 1)
        }
        let held = try connection.bytes("SELECT t FROM held ORDER BY id")
        #expect(held == Self.texts.map { Array($0.utf8) })
        // Found again by the same bytes, and by no other text's.
        for (id, text) in Self.texts.enumerated() where !text.contains("\u{0}") {
            #expect(try connection.values("SELECT id FROM held WHERE t = \(text)") == [[.integer(Int64(id))]])
        }
    }

    @Test("A name of 255 characters fits a VARCHAR(255), whatever its bytes", arguments: TestEngine.allCases)
    func longNames(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (t \(raw: engine.text("VARCHAR(255)")))")
        let name = String(repeating: "🔩", count: 255)
        try connection.execute("INSERT INTO held (t) VALUES (\(name))")
        #expect(try connection.bytes("SELECT t FROM held") == [Array(name.utf8)])
        #expect(try connection.count("SELECT COUNT(*) FROM held WHERE t = \(name)") == 1)
    }

    @Test("A composed and a decomposed letter are two texts", arguments: TestEngine.allCases)
    func composition(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (t \(raw: engine.text("VARCHAR(20)")) NOT NULL PRIMARY KEY)")
        try connection.execute("INSERT INTO held (t) VALUES (\("caf\u{E9}"))")
        try connection.execute("INSERT INTO held (t) VALUES (\("cafe\u{301}"))")
        #expect(
            try connection.bytes("SELECT t FROM held ORDER BY t")
                == [Array("cafe\u{301}".utf8), Array("caf\u{E9}".utf8)])
    }

    @Test("Letter case, accents and emoji tell texts apart", arguments: TestEngine.allCases)
    func telling(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        #expect(try connection.values("SELECT \("a") = \("A"), \("a") = \("a")") == [[.integer(0), .integer(1)]])
        #expect(try connection.values("SELECT \("ü") = \("u"), \("🙂") = \("🙃")") == [[.integer(0), .integer(0)]])
    }

    @Test("Whole numbers keep all 64 bits", arguments: TestEngine.allCases)
    func wholeNumbers(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, n BIGINT)")
        let numbers: [Int64] = [.min, .min + 1, -1 << 53 - 1, -1, 0, 1, 1 << 31, 1 << 53 + 1, .max - 1, .max]
        for (id, number) in numbers.enumerated() {
            try connection.execute("INSERT INTO held (id, n) VALUES (\(id), \(number))")
        }
        #expect(try connection.values("SELECT n FROM held ORDER BY id") == numbers.map { [.integer($0)] })
        #expect(try connection.rows("SELECT n FROM held ORDER BY id") { $0.integer(0) } == numbers)
        #expect(try connection.values("SELECT \(Int64.min), \(Int64.max)") == [[.integer(.min), .integer(.max)]])
    }

    @Test("Fractions keep all their bits", arguments: TestEngine.allCases)
    func fractions(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, n DOUBLE)")
        let numbers = [
            0, 0.1, 0.1 + 0.2, 1.5, -2.25, 1e300, -1e-300, .pi, .greatestFiniteMagnitude, .leastNormalMagnitude,
        ]
        for (id, number) in numbers.enumerated() {
            try connection.execute("INSERT INTO held (id, n) VALUES (\(id), \(raw: "\(number)"))")
        }
        #expect(try connection.values("SELECT n FROM held ORDER BY id") == numbers.map { [.real($0)] })
        #expect(try connection.rows("SELECT n FROM held ORDER BY id") { $0.number(0) } == numbers)
    }

    @Test("NULL, the empty text and zero are three values", arguments: TestEngine.allCases)
    func nothing(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (id INTEGER, t \(raw: engine.text("VARCHAR(10)")), n BIGINT)")
        let absent: String? = nil
        try connection.execute("INSERT INTO held (id, t, n) VALUES (1, \(absent), \(0))")
        try connection.execute("INSERT INTO held (id, t, n) VALUES (2, \(""), NULL)")
        #expect(
            try connection.values("SELECT t, n FROM held ORDER BY id")
                == [[.null, .integer(0)], [.text(""), .null]])
        #expect(try connection.rows("SELECT t FROM held ORDER BY id") { $0.isNull(0) } == [true, false])
        #expect(try connection.rows("SELECT t FROM held ORDER BY id") { $0.text(0) } == [nil, ""])
        #expect(try connection.rows("SELECT t FROM held ORDER BY id") { $0.utf8(0)?.count } == [nil, 0])
        #expect(try connection.count("SELECT COUNT(*) FROM held WHERE t IS NULL") == 1)
        #expect(try connection.count("SELECT COUNT(*) FROM held WHERE t = ''") == 1)
    }

    @Test("True and false are one and zero", arguments: TestEngine.allCases)
    func truth(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        #expect(try connection.values("SELECT \(true), \(false)") == [[.integer(1), .integer(0)]])
    }

    @Test("A value does not leak into the next row", arguments: TestEngine.allCases)
    func leftovers(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let connection = try database.connect()
        try connection.execute(
            "CREATE TABLE held (id INTEGER, t \(raw: engine.text("VARCHAR(50)")), n BIGINT, r DOUBLE)")
        try connection.execute("INSERT INTO held VALUES (1, 'a long text to begin with', 77, 7.5)")
        try connection.execute("INSERT INTO held VALUES (2, 'b', NULL, 0)")
        try connection.execute("INSERT INTO held VALUES (3, NULL, 0, NULL)")
        try connection.execute("INSERT INTO held VALUES (4, '', -1, -0.5)")
        #expect(
            try connection.values("SELECT t, n, r FROM held ORDER BY id") == [
                [.text("a long text to begin with"), .integer(77), .real(7.5)],
                [.text("b"), .null, .real(0)],
                [.null, .integer(0), .null],
                [.text(""), .integer(-1), .real(-0.5)],
            ])
    }
}
