import Database
import TestSupport
import Testing

/// Types that only MariaDB has.
@Suite("MariaDB's own types")
struct MariaDBValueTests {
    private static func read(_ type: String, _ literals: String...) throws -> [Value] {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (id INTEGER PRIMARY KEY AUTO_INCREMENT, v \(raw: type))")
        for literal in literals { try connection.execute("INSERT INTO held (v) VALUES (\(raw: literal))") }
        return try connection.values("SELECT v FROM held ORDER BY id").flatMap { $0 }
    }

    @Test("DECIMAL comes as text with all its digits")
    func decimal() throws {
        #expect(
            try Self.read("DECIMAL(30,6)", "1.5", "-0.000001", "123456789012345678901234.654321", "NULL", "0")
                == [
                    .text("1.500000"), .text("-0.000001"), .text("123456789012345678901234.654321"), .null,
                    .text("0.000000"),
                ])
    }

    @Test("A sum and a quotient come as numbers")
    func computedNumbers() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.forEachRow("SELECT SUM(n), AVG(n), COUNT(*) FROM (SELECT 3 AS n UNION ALL SELECT 4) AS numbers")
        { row in
            #expect(row.integer(0) == 7)
            #expect(row.number(1) == 3.5)
            #expect(row.integer(2) == 2)
        }
    }

    @Test("Dates and times come as text, with the milliseconds the column keeps")
    func dates() throws {
        #expect(
            try Self.read(
                "DATETIME(3)", "'2026-11-20 03:00:00.123'", "'1000-01-01 00:00:00'", "'9999-12-31 23:59:59.999'", "NULL"
            )
                == [
                    .text("2026-11-20 03:00:00.123"), .text("1000-01-01 00:00:00.000"),
                    .text("9999-12-31 23:59:59.999"), .null,
                ])
        #expect(try Self.read("DATETIME", "'2026-11-20 03:00:00'") == [.text("2026-11-20 03:00:00")])
        #expect(try Self.read("DATETIME(6)", "'2026-11-20 03:00:00.000001'") == [.text("2026-11-20 03:00:00.000001")])
        #expect(
            try Self.read("TIMESTAMP(3) NULL", "'2026-11-20 03:00:00.120'", "NULL")
                == [.text("2026-11-20 03:00:00.120"), .null])
        #expect(try Self.read("DATE", "'2026-11-20'", "'0001-01-01'") == [.text("2026-11-20"), .text("0001-01-01")])
        #expect(try Self.read("TIME", "'-838:59:59'", "'03:04:05'") == [.text("-838:59:59"), .text("03:04:05")])
    }

    @Test("Small and unsigned numbers come as whole numbers")
    func smallNumbers() throws {
        #expect(try Self.read("TINYINT(1)", "0", "1", "-128") == [.integer(0), .integer(1), .integer(-128)])
        #expect(try Self.read("TINYINT UNSIGNED", "255") == [.integer(255)])
        #expect(try Self.read("SMALLINT UNSIGNED", "65535") == [.integer(65_535)])
        #expect(try Self.read("MEDIUMINT UNSIGNED", "16777215") == [.integer(16_777_215)])
        #expect(try Self.read("INT UNSIGNED", "4294967295", "NULL") == [.integer(4_294_967_295), .null])
        #expect(try Self.read("INT UNSIGNED ZEROFILL", "7") == [.integer(7)])
        #expect(try Self.read("YEAR", "2026") == [.integer(2026)])
    }

    @Test("An unsigned number beyond 64 signed bits keeps its digits")
    func unsigned() throws {
        #expect(
            try Self.read(
                "BIGINT UNSIGNED", "9223372036854775807", "9223372036854775808", "18446744073709551615", "0", "NULL")
                == [
                    .integer(.max), .text("9223372036854775808"), .text("18446744073709551615"), .integer(0), .null,
                ])
    }

    @Test("Bits are whole numbers")
    func bits() throws {
        #expect(try Self.read("BIT(1)", "b'0'", "b'1'", "NULL") == [.integer(0), .integer(1), .null])
        #expect(try Self.read("BIT(12)", "b'101000000001'") == [.integer(0b1010_0000_0001)])
    }

    @Test("Bits beyond 63 keep their digits")
    func manyBits() throws {
        #expect(try Self.read("BIT(64)", "b'0'", "~0") == [.integer(0), .text("18446744073709551615")])
        #expect(try Self.read("BIT(64)", "1 << 63") == [.text("9223372036854775808")])
        #expect(try Self.read("BIT(63)", "~0 >> 1") == [.integer(.max)])
    }

    @Test("A FLOAT is the fraction that its digits say, not the one next to it")
    func singlePrecision() throws {
        #expect(
            try Self.read("FLOAT", "1.1", "0.1", "-1e-10", "16777216", "3.4e38")
                == [.real(1.1), .real(0.1), .real(-1e-10), .real(16_777_216), .real(3.4e38)])
    }

    @Test(
        "What a value is, its type says: numbers in digits, texts and bytes",
        arguments: [
            ("DECIMAL(5,2)", "'0.00'", Cell.Kind.decimal), ("VARCHAR(5)", "'0.00'", .text), ("CHAR(5)", "'a'", .text),
            ("BINARY(5)", "'a'", .blob), ("VARBINARY(5)", "'a'", .blob), ("BLOB", "'a'", .blob),
            ("LONGBLOB", "'a'", .blob),
            ("TINYBLOB", "'a'", .blob), ("TEXT", "'a'", .text), ("TINYTEXT", "'a'", .text), ("LONGTEXT", "'a'", .text),
            ("JSON", "'{}'", .text), ("ENUM('a')", "'a'", .text), ("SET('a')", "'a'", .text),
            ("VARCHAR(5) CHARACTER SET latin1", "'a'", .text), ("VARCHAR(5) CHARACTER SET ucs2", "'a'", .text),
            ("DATE", "'2026-11-20'", .text), ("DATETIME(3)", "'2026-11-20'", .text),
            ("TIMESTAMP NULL", "'2026-11-20'", .text),
            ("TIME", "'01:02:03'", .text), ("YEAR", "2026", .integer), ("INET6", "'::1'", .text),
            ("UUID", "'00000000-0000-0000-0000-000000000000'", .text), ("POINT", "POINT(1, 1)", .blob),
            ("BIGINT UNSIGNED", "18446744073709551615", .decimal), ("BIT(8)", "1", .integer), ("FLOAT", "1", .real),
        ])
    func kinds(type: String, literal: String, kind: Cell.Kind) throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        try connection.execute("CREATE TABLE held (v \(raw: type))")
        try connection.execute("INSERT INTO held VALUES (\(raw: literal))")
        #expect(try connection.first("SELECT v FROM held") { $0.cell(0).kind } == kind)
        try connection.execute("CREATE VIEW seen AS SELECT v, NULL AS none, CONCAT('a', 1) AS text FROM held")
        #expect(
            try connection.first("SELECT v, none, text FROM seen") { row in row.cells.map(\.kind) } == [
                kind, .null, .text,
            ])
    }

    @Test("FLOAT and DOUBLE come as fractions")
    func fractions() throws {
        #expect(try Self.read("FLOAT", "1.5", "-0.25") == [.real(1.5), .real(-0.25)])
        #expect(try Self.read("DOUBLE", "0.1", "1e300") == [.real(0.1), .real(1e300)])
    }

    @Test("Text in another character set comes as UTF-8")
    func characterSets() throws {
        #expect(try Self.read("VARCHAR(20) CHARACTER SET latin1", "'Größe'") == [.text("Größe")])
        #expect(try Self.read("CHAR(20) CHARACTER SET utf8mb3", "'日本'") == [.text("日本")])
        #expect(try Self.read("VARCHAR(20) CHARACTER SET utf16", "'🙂'") == [.text("🙂")])
        #expect(try Self.read("ENUM('a', 'b')", "'b'") == [.text("b")])
        #expect(try Self.read("MEDIUMTEXT CHARACTER SET utf8mb4", "'🙂'") == [.text("🙂")])
    }
}
