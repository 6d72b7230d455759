import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `list` and `show BOOK`.
@Suite("list and show")
struct ListAndShowTests {
    private static func twoNights(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.succeed("create", "--now", "2026-11-21T03:00:00.250Z", "--triggered-by", "scheduled")
        return database
    }

    @Test("list shows the books newest first, with the active one marked", arguments: TestEngine.allCases)
    func list(engine: TestEngine) throws {
        let database = try Self.twoNights(engine)
        let document = try database.expectUntouched {
            try database.succeed("list", "--json", "--now", "2026-11-21T12:00:00Z").json
        }
        let by = try #require(document["books"]?[1]?["created_by"])
        let digest = try #require(document["books"]?[0]?["digest"])
        #expect(
            document == [
                "schema": 1, "task": .null, "error": .null, "warnings": [],
                "books": [
                    [
                        "id": 2, "version": "PNBOOK-2026-11-21-001", "created_at": "2026-11-21T03:00:00.250Z",
                        "created_by": "scheduled", "is_active": true, "is_previous": false, "items": 3,
                        "partnumbers": 3, "digest": digest, "equals_predecessor": true, "pinned": .null,
                        "is_kept": true,
                        "reasons": [
                            "active", "daily 1 2026-11-21", "weekly 1 2026-W47", "monthly 1 2026-11", "yearly 1 2026",
                        ],
                    ],
                    [
                        "id": 1, "version": "PNBOOK-2026-11-20-001", "created_at": "2026-11-20T03:00:00.000Z",
                        "created_by": by, "is_active": false, "is_previous": true, "items": 3, "partnumbers": 3,
                        "digest": digest, "equals_predecessor": .null, "pinned": .null, "is_kept": true,
                        "reasons": ["previous", "daily 2 2026-11-20"],
                    ],
                ],
            ])
        let text = try database.succeed("list", "--now", "2026-11-21T12:00:00Z").stdout
        #expect(text.contains("2  PNBOOK-2026-11-21-001  2026-11-21 03:00:00      3  =  scheduled"))
        #expect(text.split(separator: "\n").filter { $0.contains("  active ") }.count == 1)
    }

    @Test("list before the first book says what to do", arguments: TestEngine.allCases)
    func emptyList(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        #expect(try database.succeed("list").stdout == "There are no books yet; make one with 'pnbook create'.\n")
        #expect(
            try database.succeed("list", "--json").json
                == ["schema": 1, "task": .null, "error": .null, "books": [], "warnings": []])
        try database.pnbook("show", "active")
            .expectRefusal(1, saying: database.schemaOrPath, "no active book yet", "pnbook create")
    }

    @Test("show finds a book by id, version and word", arguments: TestEngine.allCases)
    func names(engine: TestEngine) throws {
        let database = try Self.twoNights(engine)
        let show = { (name: String) in
            try database.expectUntouched {
                try database.succeed("show", name, "--json", "--now", "2026-11-21T12:00:00Z").json
            }
        }
        let active = try show("active")
        #expect(try show("2") == active)
        #expect(try show("PNBOOK-2026-11-21-001") == active)
        let task = try #require(active["task_id"]?.string)
        #expect(try show("newest") == active)
        #expect(try show("previous") == show("1"))
        let digest = try #require(active["digest"])
        #expect(
            active == [
                "schema": 1, "task": .null, "error": .null, "id": 2, "version": "PNBOOK-2026-11-21-001",
                "created_at": "2026-11-21T03:00:00.250Z",
                "created_by": "scheduled", "is_active": true, "is_previous": false, "pinned": .null,
                "activated": ["at": "2026-11-21T03:00:00.250Z", "by": "scheduled"],
                "items": 3, "partnumbers": 3, "digest": digest, "recorded_digest": digest, "task_id": .string(task),
                "is_kept": true,
                "reasons": [
                    "active", "daily 1 2026-11-21", "weekly 1 2026-W47", "monthly 1 2026-11", "yearly 1 2026",
                ],
                "forecast": [
                    "every_days": 1, "observed_days": .null, "next_book": "2026-11-22T03:00:00.250Z",
                    "kept_until": "2026-11-28T03:00:00.250Z", "last_reasons": ["daily 7 2026-11-21"],
                    "removal_reasons": [
                        "day 2026-11-21 is older than the 7 days kept",
                        "the book of 2026-11-22 represents week 2026-W47",
                        "the book of 2026-11-28 represents month 2026-11",
                        "the book of 2026-11-28 represents year 2026",
                    ],
                ],
            ])
        #expect(try database.succeed("task", "show", task, "--json").json["task"]?["type"] == "partnumber_book_create")
        #expect(try show("1")["is_active"] == false)
        #expect(try show("1")["reasons"] == ["previous", "daily 2 2026-11-20"])
        let text = try database.succeed("show", "1", "--now", "2026-11-21T12:00:00Z").stdout
        for words in [
            "PNBOOK-2026-11-20-001 (id 1)", "3 items, 3 part numbers", "the same when it was made", "daily 2",
        ] {
            #expect(text.contains(words))
        }
    }

    @Test(
        "An unknown book exits 1 and the way to the known ones is named", arguments: TestEngine.allCases,
        ["99", "0", "-1", "PNBOOK-2026-11-22-001", "nonsense", "'; DROP TABLE lot; --", "99999999999999999999"])
    func unknown(engine: TestEngine, name: String) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let show = RunProgram(["show", "--database", try database.url, "--", name])
        let result = try database.expectUntouched { try show.run() }
        result.expectRefusal(1, saying: database.schemaOrPath, "there is no book '\(name)'", "pnbook list")
    }

    @Test("show sees that items were changed after the publication", arguments: TestEngine.allCases)
    func changedItems(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let before = try database.succeed("show", "active", "--json").json
        try database.run("UPDATE qt_partnumber_book_items SET is_primary_pn = 0 WHERE partnumber = 'PN-2'")
        let after = try database.succeed("show", "active", "--json").json
        #expect(after["recorded_digest"] == before["digest"])
        #expect(after["digest"] != before["digest"])
        let recorded = try #require(before["digest"]?.string)
        #expect(try database.succeed("show", "active").stdout.contains("DIFFERENT when it was made: \(recorded)"))
        try database.run("UPDATE qt_partnumber_book_items SET is_primary_pn = 1 WHERE partnumber = 'PN-2'")
        #expect(try database.succeed("show", "active", "--json").json["digest"] == before["digest"])
        try database.run("DELETE FROM qt_partnumber_book_items WHERE partnumber = 'PN-3'")
        #expect(try database.succeed("show", "active", "--json").json["items"] == 2)
    }

    @Test("show says that a book goes, and why", arguments: TestEngine.allCases)
    func goes(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.insertBook(version: "PNBOOK-2026-11-20-002", createdAt: "2026-11-20 02:00:00.000")
        let document = try database.succeed("show", "2", "--json", "--now", "2026-11-20T12:00:00Z").json
        #expect(document["is_kept"] == false)
        #expect(document["reasons"]?[0] == "day 2026-11-20 is represented by 1")
        #expect(document["recorded_digest"] == .null)
        let text = try database.succeed("show", "2", "--now", "2026-11-20T12:00:00Z").stdout
        #expect(text.contains("removed as  day 2026-11-20 is represented by 1"))
        #expect(text.contains("another program made this book"))
    }

    @Test("Control characters in a name never reach the terminal", arguments: TestEngine.allCases)
    func controlCharacters(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        let name = "ann\u{1B}[31m\u{7}"
        try database.succeed("create", "--created-by", name)
        for verb in [["list"], ["show", "active"]] {
            let text = try database.pnbook(verb).stdout
            #expect(text.contains("ann\\u{1b}[31m\\u{7}"))
            #expect(!text.contains("\u{1B}"))
        }
        #expect(try database.succeed("list", "--json").json["books"]?[0]?["created_by"] == .string(name))
    }
}
