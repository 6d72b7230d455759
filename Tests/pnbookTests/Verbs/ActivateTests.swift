import Database
import Harness
import TestSupport
import Testing

/// `activate BOOK`: roll back and forward, in one commit and as a task.
@Suite("activate")
struct ActivateTests {
    /// Books 1 to 3, the third active.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        for day in 21...22 {
            try database.load(Catalogues.plain(parts: 5 + day))
            try database.succeed("create", "--now", "2026-11-\(day)T03:00:00Z")
        }
        return database
    }

    private static func active(_ database: TestDatabase) throws -> [[String]] {
        try database.rows("SELECT id FROM qt_partnumber_books WHERE is_active = 1")
    }

    @Test("A book is active in place of another, by id or version, back and forth", arguments: TestEngine.allCases)
    func backAndForth(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let back = try database.succeed("activate", "PNBOOK-2026-11-20-001")
        #expect(
            back.stdout.hasSuffix("PNBOOK-2026-11-20-001 (id 1) is active in place of PNBOOK-2026-11-22-001 (id 3).\n"))
        #expect(try Self.active(database) == [["1"]])
        let forth = try database.succeed("activate", "3", "--json", "--triggered-by", "manual:ann")
        let document = try forth.json
        #expect(document["active"] == ["id": 3, "version": "PNBOOK-2026-11-22-001"])
        #expect(document["before"]?["id"] == 1)
        #expect(document["items"] == 27)
        #expect(try Self.active(database) == [["3"]])
        let tasks = try database.tasks().filter { $0["type"] == "partnumber_book_activate" }
        #expect(tasks.map { $0["status"] } == ["completed", "completed"])
        #expect(
            tasks.contains { $0["triggered_by"] == "manual:ann" && $0["result"] == document.without("task", "error") })
        #expect(try database.rows("SELECT COUNT(*) FROM qt_partnumber_book_items") == [["\(5 + 26 + 27)"]])
    }

    @Test("'previous' undoes the last switch, and undoes that when it is said again", arguments: TestEngine.allCases)
    func previous(engine: TestEngine) throws {
        let database = try Self.database(engine)
        try database.succeed("activate", "1")
        for (id, before) in [("3", 1), ("1", 3), ("3", 1)] as [(String, Int64)] {
            let document = try database.succeed("activate", "previous", "--json").json
            #expect(document["before"]?["id"] == .integer(before))
            #expect(try Self.active(database) == [[id]])
        }
        try database.succeed("activate", "newest")
        #expect(try Self.active(database) == [["3"]])
    }

    @Test("The next book takes over from whatever is active, and the guard measures against that")
    func nextBook() throws {
        let database = try Self.database(.sqlite)
        try database.succeed("activate", "1")
        try database.load(Catalogues.plain(parts: 4))
        try database.succeed("create", "--now", "2026-11-23T03:00:00Z")
        #expect(try Self.active(database) == [["4"]])
    }

    @Test("What is active already is left alone, and is no task", arguments: TestEngine.allCases)
    func already(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let result = try database.expectUntouched { try database.succeed("activate", "3") }
        #expect(result.stdout.hasSuffix("PNBOOK-2026-11-22-001 (id 3) was active already; nothing was changed.\n"))
    }

    @Test("A book that is not whole is refused, and the active one stays", arguments: TestEngine.allCases)
    func broken(engine: TestEngine) throws {
        let database = try Self.database(engine)
        try database.run(
            "DELETE FROM qt_partnumber_book_items WHERE book_id = 1",
            "DELETE FROM qt_partnumber_book_items WHERE book_id = 2 AND partnumber = 'PN-7'")
        let empty = try database.pnbook("activate", "1")
        #expect(empty.code == 14)
        #expect(empty.stderr.contains("PNBOOK-2026-11-20-001 has no items and is not activated"))
        let changed = try database.pnbook("activate", "2")
        #expect(changed.code == 14)
        #expect(changed.stderr.contains("it has 25 items, and 26 were recorded"))
        #expect(try Self.active(database) == [["3"]])
        #expect(try database.tasks(ofStatus: "failed").map { $0["exit_code"] } == [14, 14])
    }

    @Test("Another program's book, of which nothing is recorded, may be activated", arguments: TestEngine.allCases)
    func unrecorded(engine: TestEngine) throws {
        let database = try Self.database(engine)
        try database.run("DELETE FROM pnbook_book_ledger WHERE book_id = 1")
        try database.succeed("activate", "1")
        #expect(try Self.active(database) == [["1"]])
    }

    @Test("A book that does not exist is named")
    func unknown() throws {
        let database = try Self.database(.sqlite)
        let refused = try database.expectUntouched { try database.pnbook("activate", "17") }
        #expect(refused.code == 1)
        #expect(refused.stderr.contains("there is no book '17'"))
    }
}
