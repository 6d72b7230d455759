import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: books that other programs have spoiled. `verify` names them, `export` refuses them, and whatever only shows them
/// goes on.
@Suite("Bad input: books")
struct BadBookTests {
    /// A value past the program in a column of an item, on SQLite, and what is said of it.
    static let values = [
        ("CAST(x'C2E5EDF2' AS TEXT)", "not valid UTF-8, from the bytes C2 E5 ED F2 on"),
        ("x'504E'", "is a BLOB of 2 bytes"), ("CAST(x'eda080' AS TEXT)", "ED A0 80"), ("4711", "is the number 4711"),
        ("1.5", "is the number 1.5"),
    ]

    private static func database() throws -> TestDatabase {
        let database = try TestDatabase(.sqlite)
        try database.run(
            """
            CREATE TABLE qt_partnumber_books (id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL UNIQUE,
                created_at DATETIME, created_by TEXT, is_active INTEGER NOT NULL DEFAULT 0)
            """,
            """
            CREATE TABLE qt_partnumber_book_items (book_id INTEGER, partnumber TEXT, lot_name TEXT, is_primary_pn INTEGER,
                description TEXT)
            """)
        try database.load(Catalogues.plain(parts: 2))
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        return database
    }

    @Test(
        "A text that is none is a broken promise, and no export", arguments: values,
        ["partnumber", "lot_name", "description"])
    func spoiled(value: (String, String), column: String) throws {
        let database = try Self.database()
        // In columns of text SQLite makes a text of a number; adopted are no others.
        let isNumber = value.1.contains("number")
        if isNumber {
            try database.run(
                "ALTER TABLE qt_partnumber_book_items RENAME TO typed",
                "CREATE TABLE qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)",
                "INSERT INTO qt_partnumber_book_items SELECT * FROM typed")
        }
        try database.run(
            "UPDATE qt_partnumber_book_items SET \(raw: column) = \(raw: value.0) WHERE partnumber = 'PN-2'",
            "DELETE FROM pnbook_book_ledger")
        let verify = try database.pnbook("verify", "--json")
        #expect(VerifyTests.broken(try verify.json) == ["1 encoding"], "\(verify.stdout)")
        #expect(verify.stdout.contains(value.1) && verify.stdout.contains(column), "\(verify.stdout)")
        let folder = try ScratchFolder()
        for name in ["book.ndjson", "book.csv", "book.db"] {
            let path = folder.path + "/" + name
            let result = try database.expectUntouched { try database.pnbook("export", "active", "--to", path) }
            result.expectRefusal(
                65, saying: "PNBOOK-2026-11-20-001", column, value.1, "nothing was written", "pnbook create")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        for arguments in [["show", "active"], ["list"], ["diff", "1", "1"], ["explain", "PN-2"], ["doctor"]]
        where arguments != ["doctor"] || !isNumber {
            let result = try database.pnbook(arguments)
            #expect(result.code == 0, "\(arguments): \(result.stderr)")
            #expect(try database.pnbook(arguments + ["--json"]).json["schema"] != nil)
        }
        if isNumber { return }
        // A new book takes its place.
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        try database.succeed("export", "active", "--to", folder.path + "/new.ndjson")
    }

    /// A created_at that is none, and how it is shown.
    static let times = [
        ("'yesterday'", "'yesterday'"), ("1795143600", "'1795143600'"), ("1795143600123", "'1795143600123'"),
        ("'10000-01-01 00:00:00'", "'10000-01-01 00:00:00'"), ("NULL", "NULL"),
        ("'2026-10-31 06:00:00.123456 +0300 MSK m=+0.1'", "MSK"), ("x'31'", "'1'"),
        ("'0000-00-00 00:00:00'", "'0000-00-00"),
    ]

    @Test("A book without a time that can be read hides no other, and is named with what is read", arguments: times)
    func unreadableTime(value: (String, String)) throws {
        let database = try Self.database()
        try database.insertBook(version: "PNBOOK-2026-11-19-007", createdAt: "2026-11-19 03:00:00.000")
        try database.run("UPDATE qt_partnumber_books SET created_at = \(raw: value.0) WHERE id = 2")
        let list = try database.pnbook("list")
        #expect(list.code == 0)
        #expect(list.stdout.contains("PNBOOK-2026-11-20-001") && list.stdout.contains("PNBOOK-2026-11-19-007"))
        let words = ["book 2", "PNBOOK-2026-11-19-007", value.1, "2026-11-20 03:00:00.000", "qt_partnumber_books"]
        for word in words { #expect(list.stderr.contains(word), "\(list.stderr)") }
        let json = try database.pnbook("list", "--json").json
        #expect(json["books"]?.elements?.map { $0["id"] } == [1])
        #expect(json["warnings"]?[0]?.string?.contains("book 2 (PNBOOK-2026-11-19-007)") == true)
        for arguments in [["prune", "--dry-run"], ["show", "2"], ["create"]] {
            try database.expectNoChange { try database.pnbook(arguments) }.expectRefusal(65, saying: words)
        }
        #expect(VerifyTests.broken(try database.pnbook("verify", "--json").json) == ["headers"])
    }
}
