import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: numbers and times at the ends of what their types hold. They are data or a clear error, never a trap.
@Suite("Bad input: extreme values")
struct ExtremeValueTests {
    private static let later = ["--now", "2026-11-20T05:00:00Z"]

    /// Changes rows past the program, its keys and checks.
    private static func force(_ database: TestDatabase, _ statements: String...) throws {
        let connection = try database.connect()
        defer { connection.close() }
        switch database.engine {
        case .sqlite:
            try connection.execute("PRAGMA foreign_keys = OFF")
            try connection.execute("PRAGMA ignore_check_constraints = ON")
        case .mariadb:
            try connection.execute("SET SESSION foreign_key_checks = 0, check_constraint_checks = 0, sql_mode = ''")
        }
        for statement in statements { try connection.execute(SQL(raw: statement)) }
    }

    private static func renumber(_ database: TestDatabase, _ id: String) throws {
        try force(
            database, "UPDATE qt_partnumber_books SET id = \(id)",
            "UPDATE qt_partnumber_book_items SET book_id = \(id)",
            "UPDATE pnbook_book_ledger SET book_id = \(id)")
    }

    // MARK: Ids

    @Test(
        "A book may have any id that 63 bits hold", arguments: TestEngine.allCases,
        [0, 1 << 53 + 1, .max - 1] as [Int64])
    func ids(engine: TestEngine, id: Int64) throws {
        let database = try RawCatalogue.database(engine)
        try Self.renumber(database, "\(id)")
        #expect(try database.succeed("show", "\(id)", "--json").json["id"] == .integer(id))
        try database.succeed("verify", "--against-catalogue")
        try database.succeed("list", "--calendar")
        try database.succeed("create", "--dry-run", "--now", "2026-11-20T04:00:00Z")
        let folder = try ScratchFolder()
        try database.succeed("export", "all", "--to", folder.path + "/client.db")
        #expect(try NaiveClient(reading: folder.path + "/client.db").books.keys.sorted() == [id])
    }

    @Test("On SQLite it may be negative", arguments: [-1, .min] as [Int64])
    func negativeIDs(id: Int64) throws {
        let database = try RawCatalogue.database(.sqlite)
        try Self.renumber(database, "\(id)")
        #expect(try database.succeed("show", "active", "--json").json["id"] == .integer(id))
        try database.succeed("verify")
        try database.succeed("create", "--now", "2026-11-20T05:00:00Z")
    }

    @Test("After the last id no book is made, and the way out is named", arguments: TestEngine.allCases)
    func lastID(engine: TestEngine) throws {
        let database = try RawCatalogue.database(engine)
        try Self.renumber(database, "\(Int64.max)")
        let result = try database.expectNoChange { try database.pnbook(["create"] + Self.later) }
        result.expectRefusal(
            65, saying: "PNBOOK-2026-11-20-001 has the id 9223372036854775807", "no further book can be numbered",
            engine == .sqlite ? "UPDATE sqlite_sequence" : "AUTO_INCREMENT = 1", "the active book is unchanged")
        #expect(try database.succeed("show", "active", "--json").json["forecast"] != nil)
    }

    @Test("Where the engine's counter is used up, no book is made either", arguments: TestEngine.allCases)
    func counter(engine: TestEngine) throws {
        let database = try RawCatalogue.database(engine)
        try Self.force(
            database,
            engine == .sqlite
                ? "UPDATE sqlite_sequence SET seq = \(Int64.max) WHERE name = 'qt_partnumber_books'"
                : "ALTER TABLE qt_partnumber_books AUTO_INCREMENT = 9223372036854775808")
        let result = try database.expectNoChange { try database.pnbook(["create"] + Self.later) }
        result.expectRefusal(
            65, saying: "the counter of qt_partnumber_books is beyond 9223372036854775807",
            "the active book is unchanged")
    }

    @Test("The last id of a smaller type is found before the server speaks of a duplicate")
    func smallerType() throws {
        let database = try RawCatalogue.database(.mariadb)
        try Self.force(
            database, "ALTER TABLE qt_partnumber_book_items DROP FOREIGN KEY IF EXISTS fk_qt_partnumber_book_items_book"
        )
        let key = try database.rows(
            """
            SELECT constraint_name FROM information_schema.referential_constraints
            WHERE constraint_schema = DATABASE() AND table_name = 'qt_partnumber_book_items'
            """
        ).first?.first
        if let key { try Self.force(database, "ALTER TABLE qt_partnumber_book_items DROP FOREIGN KEY \(key)") }
        try Self.force(
            database, "ALTER TABLE qt_partnumber_books MODIFY id INT NOT NULL AUTO_INCREMENT",
            "ALTER TABLE qt_partnumber_book_items MODIFY book_id INT NOT NULL")
        try Self.renumber(database, "2147483647")
        let result = try database.expectNoChange { try database.pnbook(["create"] + Self.later) }
        result.expectRefusal(65, saying: "has the id 2147483647", "BIGINT UNSIGNED")
    }

    @Test(
        "An id beyond 63 bits is named, and hides no other book",
        arguments: ["9223372036854775808", "18446744073709551615"])
    func unsignedIDs(id: String) throws {
        let database = try RawCatalogue.database(.mariadb)
        try database.insertBook(version: "PNBOOK-2026-11-19-001", createdAt: "2026-11-19 03:00:00.000")
        try Self.force(
            database, "UPDATE qt_partnumber_book_items SET book_id = \(id) WHERE book_id = 2",
            "UPDATE qt_partnumber_books SET id = \(id) WHERE id = 2")
        let list = try database.succeed("list")
        #expect(list.stdout.contains("PNBOOK-2026-11-20-001"))
        #expect(list.stderr.contains("book \(id) (PNBOOK-2026-11-19-001) has an id"))
        for arguments in [["create"] + Self.later, ["prune", "--dry-run"], ["create", "--dry-run"]] {
            try database.expectNoChange { try database.pnbook(arguments) }.expectRefusal(
                65, saying: "book \(id)", "qt_partnumber_books")
        }
        #expect(VerifyTests.broken(try database.pnbook("verify", "--json").json).contains("headers"))
        try database.succeed("export", "active", "--to", database.folder + "/active.ndjson")
    }

    // MARK: Versions

    @Test(
        "A version that has no number of ours does not count", arguments: TestEngine.allCases,
        ["1000000000000", "-5", "+7", "٣", "1e9"])
    func otherVersions(engine: TestEngine, number: String) throws {
        let database = try RawCatalogue.database(engine)
        let version = "PNBOOK-2026-11-20-" + number
        try database.run("UPDATE qt_partnumber_books SET version = \(String(version.prefix(30)))")
        if version.count > 30 {
            try Self.force(
                database,
                engine == .sqlite ? "SELECT 1" : "ALTER TABLE qt_partnumber_books MODIFY version VARCHAR(60) NOT NULL",
                "UPDATE qt_partnumber_books SET version = '\(version)'")
        }
        try database.run("DELETE FROM pnbook_book_ledger")
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        #expect(document["book"]?["version"] == "PNBOOK-2026-11-20-001")
    }

    @Test(
        "Nineteen digits and more are no number of ours", arguments: ["9223372036854775807", "99999999999999999999999"])
    func longVersions(number: String) throws {
        let database = try RawCatalogue.database(.sqlite)
        try Self.force(database, "UPDATE qt_partnumber_books SET version = 'PNBOOK-2026-11-20-\(number)'")
        #expect(VerifyTests.broken(try database.pnbook("verify", "--json").json).contains("headers"))
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        // The ledger knows the first one.
        #expect(document["book"]?["version"] == "PNBOOK-2026-11-20-002")
    }

    @Test("After the last version of a day no book is made on it, and it is named", arguments: TestEngine.allCases)
    func lastVersion(engine: TestEngine) throws {
        let database = try RawCatalogue.database(engine)
        try database.run("UPDATE qt_partnumber_books SET version = 'PNBOOK-2026-11-20-999999999998'")
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        #expect(document["book"]?["version"] == "PNBOOK-2026-11-20-999999999999")
        for flags in [[], ["--dry-run"]] {
            try database.expectNoChange { try database.pnbook(["create"] + flags + Self.later) }.expectRefusal(
                65, saying: "PNBOOK-2026-11-20-999999999999 is the last version that its day can have", "30 characters")
        }
        try database.succeed("create", "--now", "2026-11-21T05:00:00Z")
    }

    // MARK: Times

    @Test(
        "A book dated at the end of all time is shown, kept, and named by the next one", arguments: TestEngine.allCases)
    func lastTime(engine: TestEngine) throws {
        let database = try RawCatalogue.database(engine)
        try database.run("UPDATE qt_partnumber_books SET created_at = '9999-12-31 23:59:59.999'")
        for arguments in [
            ["list"], ["list", "--calendar"], ["show", "1"], ["prune", "--dry-run"], ["verify"], ["metrics"],
            ["list", "--calendar", "--timezone", "Pacific/Kiritimati"],
            ["show", "1", "--timezone", "Pacific/Kiritimati"],
        ] {
            let result = try database.pnbook(arguments)
            #expect(result.code == 0, "\(arguments): \(result.stderr)")
        }
        let result = try database.expectNoChange { try database.pnbook(["create"] + Self.later) }
        result.expectRefusal(
            65, saying: "PNBOOK-2026-11-20-001 (id 1)", "the end of the year 9999",
            "UPDATE qt_partnumber_books SET created_at = '...' WHERE id = 1", "the active book is unchanged")
        // A moment before it there is room for one more.
        try database.run("UPDATE qt_partnumber_books SET created_at = '9999-12-31 23:59:59.998'")
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        #expect(document["book"]?["created_at"] == "9999-12-31T23:59:59.999Z")
    }

    @Test("A book of the year 1000 is one like others", arguments: TestEngine.allCases)
    func firstTime(engine: TestEngine) throws {
        let database = try RawCatalogue.database(engine)
        try database.run("UPDATE qt_partnumber_books SET created_at = '1000-01-01 00:00:00.000'")
        try database.succeed("list", "--calendar", "--timezone", "America/New_York")
        try database.succeed("show", "1")
        try database.succeed("create", "--now", "2026-11-20T05:00:00Z")
        try database.succeed("list", "--calendar")
    }

    // MARK: Counts

    @Test(
        "What no book ever had is not believed", arguments: TestEngine.allCases,
        ["9223372036854775807", "-9223372036854775807"])
    func recordedCounts(engine: TestEngine, count: String) throws {
        let database = try RawCatalogue.database(engine)
        try Self.force(database, "UPDATE pnbook_book_ledger SET items = \(count), partnumbers = \(count)")
        for arguments in [["list"], ["show", "active"], ["metrics"]] {
            let result = try database.pnbook(arguments)
            #expect(result.code == 0, "\(arguments): \(result.stderr)")
            #expect(!result.stdout.contains("9 223 372"))
        }
        #expect(VerifyTests.broken(try database.pnbook("verify", "--json").json) == ["1 record"])
        #expect(try database.pnbook("doctor").code < 128)
        try database.succeed("create", "--now", "2026-11-20T05:00:00Z")
    }

    @Test(
        "A quantity may be anything", arguments: TestEngine.allCases,
        ["NULL", "'abc'", "'1e400'", "'-1e400'", "'nan'", "1e308", "0", "-1", "9223372036854775807", "'1.0'", "''"])
    func quantities(engine: TestEngine, quantity: String) throws {
        let database = try RawCatalogue.database(engine, types: ["qt_lot_bundle_items.qty": "VARCHAR(400) NULL"])
        try database.run("UPDATE qt_lot_bundle_items SET qty = \(raw: quantity)")
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        let dropsNone = ["NULL", "'abc'", "'nan'", "'1.0'", "''"].contains(quantity)
        #expect(document["quantities_dropped"] == (dropsNone ? 0 : 1))
        let bundle = try database.succeed("explain", "PN-2", "--json").stdout
        #expect(bundle.contains("\"PART\""))
        try database.succeed("explain", "PN-2")
    }
}
