import Database
import Harness
import TestSupport
import Testing

/// `create --if-changed`: every book costs every client a full download, so none is published that says nothing new.
@Suite("create --if-changed")
struct IfChangedTests {
    @Test(
        "A book that would equal the active one is not published, and the report says so",
        arguments: TestEngine.allCases)
    func unchanged(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers, "--now", "2026-11-20T01:00:00Z")
        let first = try database.succeed(
            "create", "--migrate", "--if-changed", "--json", "--now", "2026-11-20T03:00:00Z")
        let made = try first.json
        #expect(made["unchanged"] == false)
        let books = try database.rows("SELECT * FROM qt_partnumber_books")
        let again = try database.succeed("create", "--if-changed", "--json", "--now", "2026-11-21T03:00:00Z").json
        #expect(again["unchanged"] == true)
        #expect(again["book"] == made["book"])
        #expect(again["excluded"] == made["excluded"] && again["merged_duplicates"] == made["merged_duplicates"])
        #expect(again["retention"]?["kept"] == [] && again["retention"]?["removed"] == [])
        #expect(try database.rows("SELECT * FROM qt_partnumber_books") == books)
        let task = try #require(try database.tasks().first)
        #expect(task["status"] == "completed_with_warnings", "the conflicts are told all the same")
        #expect(task["message"] == "unchanged: PNBOOK-2026-11-20-001 stays active")
        let text = try database.succeed("create", "--if-changed", "--now", "2026-11-21T04:00:00Z").stdout
        #expect(
            text.contains(
                "Unchanged: a new book would equal PNBOOK-2026-11-20-001 (id 1), which is active; nothing was published."
            ))
        #expect(!text.contains("kept"))
    }

    @Test("The smallest change is published: a description, a flag, a LOT", arguments: TestEngine.allCases)
    func changed(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 4))
        for (day, change) in [
            "UPDATE lot_partnumbers SET description = 'x' WHERE partnumber = 'PN-1'",
            "UPDATE lot_partnumbers SET is_primary_pn = 0 WHERE partnumber = 'PN-2'",
            "UPDATE lot_partnumbers SET lot_name = 'LOT-X' WHERE partnumber = 'PN-3'",
        ].enumerated() {
            try database.run(SQL(raw: change))
            for expected in [false, true] {
                let document = try database.succeed(
                    "create", "--if-changed", "--json", "--now", "2026-11-2\(day + 1)T03:00:00Z"
                ).json
                #expect(document["unchanged"] == .bool(expected))
                #expect(document["book"]?["id"] == .integer(Int64(day + 2)))
            }
        }
        // The book that was made after having been compared holds what one made at once holds.
        let active = try database.succeed("show", "active", "--json").json
        #expect(active["digest"] == active["recorded_digest"])
        #expect(active["items"] == 4)
    }

    @Test("The comparison is with the active book as it is", arguments: TestEngine.allCases)
    func activeBook(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 4))
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        try database.succeed("activate", "1")
        try database.succeed("create", "--if-changed", "--now", "2026-11-22T03:00:00Z")
        #expect(try database.books().first == "PNBOOK-2026-11-22-001*")
        // Another program's book, of which nothing is recorded, is as good as one of our own.
        try database.run("DELETE FROM pnbook_book_ledger WHERE book_id = 3")
        try database.succeed("create", "--if-changed", "--now", "2026-11-23T03:00:00Z")
        #expect(try database.books().first == "PNBOOK-2026-11-22-001*")
        // A book that has been damaged, whatever was recorded of it, is replaced.
        for (day, damage) in ["partnumber = 'PN-2'", "1 = 1"].enumerated() {
            try database.run(
                "DELETE FROM qt_partnumber_book_items WHERE book_id = (SELECT MAX(id) FROM qt_partnumber_books) AND \(raw: damage)"
            )
            try database.succeed("create", "--if-changed", "--allow-shrink", "--now", "2026-11-2\(day + 4)T03:00:00Z")
            #expect(try database.books().first == "PNBOOK-2026-11-2\(day + 4)-001*")
            #expect(try database.succeed("show", "active", "--json").json["items"] == 5)
        }
    }

    @Test("A dry run says what would be", arguments: TestEngine.allCases)
    func dryRun(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 4))
        let same = try database.expectUntouched { try database.succeed("create", "--dry-run", "--if-changed") }
        #expect(same.stdout.contains("Dry run, unchanged: a new book would equal PNBOOK-2026-11-20-001 (id 1)"))
        try database.load(Catalogues.plain(parts: 5))
        let other = try database.succeed("create", "--dry-run", "--if-changed", "--json").json
        #expect(other["unchanged"] == false && other["book"]?["id"] == .null)
    }
}
