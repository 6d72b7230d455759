import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: a catalogue of which no book is published. The active book stays.
@Suite("Bad input: catalogue")
struct BadCatalogueTests {
    private static let later = ["--now", "2026-11-21T03:00:00Z"]

    /// A database with one book and then, in its catalogue's place, the one in `folder`.
    private static func database(_ engine: TestEngine, replacedBy folder: String, parts: Int = 1) throws -> TestDatabase
    {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: parts))
        try database.succeed("load", folder, "--replace")
        return database
    }

    @Test("A cycle of bundles that a row reaches exits 65 and names the whole cycle", arguments: TestEngine.allCases)
    func cycle(engine: TestEngine) throws {
        let database = try Self.database(engine, replacedBy: Catalogues.rule("06-reached-cycle"))
        let result = try database.expectNoChange { try database.pnbook(["create"] + Self.later) }
        result.expectRefusal(
            65, saying: "RING-A → RING-B → RING-C → RING-A", "'PN-2'", "qt_lot_bundle_items",
            "the active book is unchanged")
        #expect(!result.stderr.contains("ENTRY →"))
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
        let tasks = try database.tasks(ofStatus: "failed")
        #expect(tasks.count == 1)
        let task = try #require(tasks.first)
        #expect(task["error_message"]?.string?.contains("RING-A → RING-B → RING-C → RING-A") == true)
        #expect(task["message"]?.string?.hasPrefix("stopped while reading the catalogue") == true)
    }

    @Test("A cycle is found by --dry-run too, without a task", arguments: TestEngine.allCases)
    func cycleInDryRun(engine: TestEngine) throws {
        let database = try Self.database(engine, replacedBy: Catalogues.rule("06-reached-cycle"))
        let result = try database.expectUntouched { try database.pnbook("create", "--dry-run") }
        result.expectRefusal(65, saying: "RING-A → RING-B → RING-C → RING-A")
    }

    @Test("A bundle that contains itself is a cycle of one", arguments: TestEngine.allCases)
    func selfCycle(engine: TestEngine) throws {
        let database = try Self.database(engine, replacedBy: Catalogues.rule("06c-self-cycle"))
        let result = try database.expectNoChange { try database.pnbook(["create"] + Self.later) }
        let words = try #require(
            try Catalogues.expectation(of: Catalogues.rule("06c-self-cycle"))["error_contains"]?.elements)
        result.expectRefusal(65, saying: words.compactMap(\.string))
    }

    @Test(
        "A book without items exits 14 and the active one stays", arguments: TestEngine.allCases,
        ["12-no-items", "12b-empty-table", "12c-all-ignored"])
    func noItems(engine: TestEngine, fixture: String) throws {
        let database = try Self.database(engine, replacedBy: Catalogues.rule(fixture))
        for flags in [[], ["--dry-run"], ["--allow-shrink"]] {
            let result = try database.expectNoChange { try database.pnbook(["create"] + flags + Self.later) }
            result.expectRefusal(
                14, saying: "no items", "an empty book is never published", "the active book is unchanged",
                "lot_partnumbers")
        }
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
        // The dry run is no task.
        #expect(try database.tasks(ofStatus: "failed").count == 2)
    }

    /// Seen rows, `partnumber,is_ignored,is_pattern`, and what the refusal says of them.
    static let culprits: [(rules: String, words: String)] = [
        ("*,1,1", "The pattern '*' in qt_vendor_partnumber_seen leaves nothing of lot_partnumbers"),
        ("pn-?,1,1\nPN-1,1,0", "The pattern 'pn-?' in qt_vendor_partnumber_seen leaves nothing"),
        (
            "PN-1*,1,1\nPN-2*,1,1\nPN-3,1,0",
            "The patterns 'PN-1*', 'PN-2*' in qt_vendor_partnumber_seen, and part numbers"
        ),
        ("PN-1,1,0\nPN-2,1,0\nPN-3,1,0", "is written out in qt_vendor_partnumber_seen, part number by part number"),
        ("other*,1,1\n**,1,1\nPN-*,1,1", "The pattern '**' in"),
    ]

    @Test(
        "Rules that ignore all of the catalogue are named, with how many rows", arguments: TestEngine.allCases, culprits
    )
    func ignoredWhole(engine: TestEngine, culprit: (rules: String, words: String)) throws {
        var tables = Catalogues.plain(parts: 3)
        tables["qt_vendor_partnumber_seen"] = "partnumber,is_ignored,is_pattern\n\(culprit.rules)\n"
        let database = try TestDatabase.loaded(engine, tables)
        for flags in [[], ["--dry-run"]] {
            let result = try database.expectNoChange { try database.pnbook(["create"] + flags) }
            result.expectRefusal(14, saying: "(3 rows read, none kept: 3 ignored)", culprit.words)
            #expect(!result.stderr.contains("LOTs filled in"))
        }
    }

    @Test("A book that shrank says what was left out, in numbers for people", arguments: TestEngine.allCases)
    func shrunkenTally(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2500))
        try database.load(
            Catalogues.mappings((1...2500).map { ",PN-\($0)," + ($0 > 1100 ? "" : "LOT") }.joined(separator: "\n")))
        let result = try database.pnbook(["create"] + Self.later)
        result.expectRefusal(
            14, saying: "the book would have 1 100 items, fewer than half of the 2 500 in the active book",
            "Rows read: 2 500, left out: 1 400 without a LOT")
    }

    @Test("The first book of all must have items as well", arguments: TestEngine.allCases)
    func noItemsAtFirst(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.mappings(",PN-1,"))
        let result = try database.expectNoChange { try database.pnbook("create") }
        result.expectRefusal(14, saying: "1 rows read, none kept")
        #expect(try database.books() == [])
    }

    @Test("A book with fewer than half of the active book's items exits 14", arguments: TestEngine.allCases)
    func shrunken(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        try database.load(Catalogues.plain(parts: 2))
        for flags in [[], ["--dry-run"]] {
            let result = try database.expectNoChange { try database.pnbook(["create"] + flags + Self.later) }
            result.expectRefusal(
                14, saying: "would have 2 items", "the 5 in the active book PNBOOK-2026-11-20-001",
                "nothing was published", "--allow-shrink")
        }
        #expect(try database.tasks(ofStatus: "failed").count == 1)
        try database.succeed("create", "--allow-shrink", "--now", "2026-11-21T03:00:00Z")
        #expect(try database.books() == ["PNBOOK-2026-11-21-001*", "PNBOOK-2026-11-20-001"])
        #expect(try database.succeed("show", "active", "--json").json["items"] == 2)
    }

    @Test("Half of the active book's items is enough", arguments: TestEngine.allCases)
    func half(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 4))
        try database.load(Catalogues.plain(parts: 2))
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        try database.load(Catalogues.plain(parts: 1))
        try database.succeed("create", "--now", "2026-11-22T03:00:00Z")
        #expect(try database.books().first == "PNBOOK-2026-11-22-001*")
    }

    @Test("The guard compares with the active book, not with the newest", arguments: TestEngine.allCases)
    func shrunkenAgainstActive(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.insertBook(version: "PNBOOK-2026-11-20-002", createdAt: "2026-11-20 04:00:00.000", items: 50)
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        #expect(try database.books().first == "PNBOOK-2026-11-21-001*")
    }

    @Test(
        "A LOT longer than a book holds exits 65 and names part number, length and table",
        arguments: TestEngine.allCases)
    func tooLong(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.run(
            """
            CREATE TABLE lot_partnumbers (vendor VARCHAR(50) NOT NULL, partnumber VARCHAR(50) NOT NULL,
                lot_name VARCHAR(400) NULL, description VARCHAR(400) NULL, PRIMARY KEY (vendor, partnumber))
            """)
        if engine == .mariadb {
            try database.run("ALTER TABLE lot_partnumbers CONVERT TO CHARACTER SET utf8mb4")
        }
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.plain(parts: 2))
        try database.succeed("load", folder.path)
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        try database.run(
            "UPDATE lot_partnumbers SET lot_name = \(String(repeating: "Ж", count: 256)) WHERE partnumber = 'PN-2'")
        let result = try database.expectNoChange { try database.pnbook(["create"] + Self.later) }
        result.expectRefusal(
            65, saying: "the LOT of part number 'PN-2' has 256 characters, and a book holds 255", "lot_partnumbers")
        try database.run(
            "UPDATE lot_partnumbers SET lot_name = \(String(repeating: "Ж", count: 255)) WHERE partnumber = 'PN-2'")
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
    }
}
