import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `prune`: retention alone, with its plan, its hash and its limit (<doc:Counting#Limits>).
@Suite("prune")
struct PruneTests {
    private static let now = ["--now", "2026-11-20T12:00:00Z"]

    /// One book that the program made at three, and `extra` of other programs in the hours before, all of one day.
    private static func database(_ engine: TestEngine, extra: Int) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        for number in 0..<extra {
            try database.insertBook(
                version: "PNBOOK-2026-11-20-10\(number)", createdAt: "2026-11-20 02:0\(number):00.000", items: 2)
        }
        return database
    }

    private static func plan(_ database: TestDatabase) throws -> JSON {
        try database.expectUntouched { try database.pnbook(["prune", "--dry-run", "--json"] + now).json }
    }

    private static func hash(_ plan: JSON) throws -> String { try #require(plan["retention"]?["plan_hash"]?.string) }

    @Test(
        "--dry-run prints the plan with its reasons and its hash, and changes nothing", arguments: TestEngine.allCases)
    func dryRun(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 2)
        let plan = try Self.plan(database)
        let reasons: JSON = [
            "day 2026-11-20 is represented by 1", "week 2026-W47 is represented by 1",
            "month 2026-11 is represented by 1", "year 2026 is represented by 1",
        ]
        let hash = try Self.hash(plan)
        #expect(
            plan == [
                "schema": 1, "task": .null, "error": .null, "dry_run": true, "needs_approval": false,
                "retention": [
                    "kept": [
                        [
                            "id": 1, "version": "PNBOOK-2026-11-20-001",
                            "reasons": [
                                "active", "daily 1 2026-11-20", "weekly 1 2026-W47", "monthly 1 2026-11",
                                "yearly 1 2026",
                            ],
                        ]
                    ],
                    "removed": [
                        ["id": 3, "version": "PNBOOK-2026-11-20-101", "reasons": reasons],
                        ["id": 2, "version": "PNBOOK-2026-11-20-100", "reasons": reasons],
                    ],
                    "held": [], "plan_hash": .string(hash),
                ],
            ])
        let text = try database.expectUntouched { try database.pnbook(["prune", "--dry-run"] + Self.now).stdout }
        #expect(text.contains("Plan \(hash): 2 books would be removed, 1 kept; nothing was changed."))
        #expect(text.contains("remove   3  PNBOOK-2026-11-20-101  day 2026-11-20 is represented by 1, week 2026-W47"))
        #expect(!text.contains("--approve"))
    }

    @Test("A plan within the bound is carried out as a task", arguments: TestEngine.allCases)
    func withinBound(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 5)
        let result = try database.pnbook(["prune"] + Self.now)
        #expect(result.code == 0, "\(result.stderr)")
        #expect(result.stdout.contains("5 books removed, 1 kept."))
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
        #expect(try database.orphans() == "0")
        #expect(try database.rows("SELECT COUNT(*) FROM qt_partnumber_book_items") == [["3"]])
        let tasks = try database.tasks(ofStatus: "completed").filter { $0["type"] == "partnumber_book_retention" }
        #expect(tasks.map { $0["message"] } == ["5 books removed, 1 kept"])
        #expect(tasks.first?["result"]?["removed"]?.elements?.count == 5)
    }

    @Test("Nothing to remove changes nothing and is no task", arguments: TestEngine.allCases)
    func nothingToDo(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 0)
        let result = try database.expectUntouched { try database.pnbook(["prune"] + Self.now) }
        #expect(result.code == 0)
        #expect(result.stdout.contains("0 books removed, 1 kept."))
    }

    @Test("A plan beyond the bound exits 14 and says how to look and what to type", arguments: TestEngine.allCases)
    func beyondBound(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 6)
        let plan = try Self.plan(database)
        #expect(plan["needs_approval"] == true)
        let hash = try Self.hash(plan)
        for flags in [[], ["--json"]] {
            let result = try database.expectUntouched { try database.pnbook(["prune"] + flags + Self.now) }
            result.expectRefusal(
                14, saying: "would remove 6 books", "at most 5", "none was removed", "pnbook prune --dry-run",
                "pnbook prune --approve \(hash)")
            // The plan that is to be approved is there as well.
            guard flags == ["--json"] else {
                #expect(result.stdout.contains("Plan \(hash): 6 books would be removed, 1 kept; nothing was changed."))
                continue
            }
            let document = try result.json
            #expect(document["dry_run"] == false && document["needs_approval"] == true)
            #expect(document["retention"] == plan["retention"] && document["error"]?["code"] == 14)
        }
        let text = try database.pnbook(["prune", "--dry-run"] + Self.now).stdout
        #expect(text.contains("needs approval: pnbook prune --approve \(hash)"))
    }

    @Test("Nobody is asked: an answer on standard input approves nothing")
    func noQuestions() throws {
        let database = try Self.database(.sqlite, extra: 6)
        var program = RunProgram(["prune", "--database", try database.url] + Self.now)
        program.input = "y\nyes\n"
        let result = try database.expectUntouched { try program.run() }
        #expect(result.code == 14)
    }

    @Test("Exactly the approved plan is carried out", arguments: TestEngine.allCases)
    func approved(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 6)
        let hash = try Self.hash(Self.plan(database))
        // An hour later, in which no book came or went, it is still the same plan.
        let result = try database.pnbook("prune", "--approve", hash, "--json", "--now", "2026-11-20T13:00:00Z")
        #expect(result.code == 0, "\(result.stderr)")
        let document = try result.json
        #expect(document["dry_run"] == false)
        #expect(document["needs_approval"] == false)
        #expect(document["retention"]?["removed"]?.elements?.count == 6)
        #expect(document["retention"]?["plan_hash"] == .string(hash))
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
        #expect(try database.orphans() == "0")
    }

    @Test(
        "Another hash exits 14 and removes nothing, also where no approval is needed", arguments: TestEngine.allCases,
        [2, 6])
    func otherHash(engine: TestEngine, extra: Int) throws {
        let database = try Self.database(engine, extra: extra)
        let hash = try Self.hash(Self.plan(database))
        for wrong in ["0123456789abcdef", " ", String(hash.dropLast()), hash.uppercased() + "0"] {
            let result = try database.expectUntouched {
                try database.pnbook(["prune", "--approve=" + wrong] + Self.now)
            }
            result.expectRefusal(14, saying: "is not the plan as it is now, \(hash)", "pnbook prune --dry-run")
        }
    }

    @Test("A book that comes in between makes another plan", arguments: TestEngine.allCases)
    func staleHash(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 6)
        let hash = try Self.hash(Self.plan(database))
        try database.insertBook(version: "PNBOOK-2026-11-19-001", createdAt: "2026-11-19 03:00:00.000")
        let result = try database.expectUntouched { try database.pnbook(["prune", "--approve", hash] + Self.now) }
        result.expectRefusal(
            14, saying: "the approved plan \(hash) is not the plan as it is now", "books have come or gone")
        // Another time zone cuts other days and is another policy.
        let fresh = try Self.hash(Self.plan(database))
        let elsewhere = try database.pnbook(["prune", "--approve", fresh, "--timezone", "Asia/Tokyo"] + Self.now)
        #expect(elsewhere.code == 14)
    }

    @Test("create publishes all the same, and holds such a retention back as a warning", arguments: TestEngine.allCases)
    func heldBack(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 6)
        let before = try database.contents().rows(of: "qt_partnumber_book_items")
        let result = try database.pnbook(["create", "--json"] + Self.now)
        #expect(result.code == 0, "\(result.stderr)")
        let document = try result.json
        #expect(document["task"]?["status"] == "completed_with_warnings")
        #expect(document["retention"]?["removed"] == [])
        // Beside those, the book that was active before.
        #expect(document["retention"]?["held"]?.elements?.count == 6)
        let hash = try Self.hash(document)
        let warning = try #require(document["warnings"]?[0]?.string)
        #expect(warning.contains("would remove 6 books"))
        #expect(warning.contains("pnbook prune --approve \(hash)"))
        #expect(try database.books().count == 8)
        #expect(try database.books().first == "PNBOOK-2026-11-20-106*")
        #expect(try database.contents().rows(of: "qt_partnumber_book_items").count == before.count + 3)
        // The hash of the warning is the one that prune wants to hear.
        #expect(try database.pnbook("prune", "--approve", hash, "--now", "2026-11-20T12:30:00Z").code == 0)
        #expect(try database.books() == ["PNBOOK-2026-11-20-106*", "PNBOOK-2026-11-20-001"])
    }

    @Test(
        "A book that is pinned in between makes another plan, unless a tier keeps it anyway",
        arguments: TestEngine.allCases)
    func pinnedMeanwhile(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 7)
        let hash = try Self.hash(Self.plan(database))
        try database.succeed("pin", "1", "--note", "quote 4711")
        #expect(try Self.hash(Self.plan(database)) == hash)
        try database.succeed("pin", "2", "--note", "quote 4712")
        let result = try database.expectUntouched { try database.pnbook(["prune", "--approve", hash] + Self.now) }
        result.expectRefusal(14, saying: "the approved plan \(hash) is not the plan as it is now")
        let fresh = try Self.hash(Self.plan(database))
        #expect(try database.pnbook(["prune", "--approve", fresh] + Self.now).code == 0)
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*", "PNBOOK-2026-11-20-100"])
    }

    @Test("The active book stays however old it is, at no tier's expense", arguments: TestEngine.allCases)
    func oldActiveBook(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.insertBook(version: "PNBOOK-2026-11-20-002", createdAt: "2026-11-20 04:00:00.000")
        let plan = try Self.plan(database)
        #expect(plan["retention"]?["removed"] == [])
        #expect(plan["retention"]?["kept"]?[1]?["reasons"] == ["active"])
        #expect(plan["retention"]?["kept"]?[0]?["reasons"]?[0] == "daily 1 2026-11-20")
    }

    @Test("A book dated in the future is kept, warned of, and takes no part", arguments: TestEngine.allCases)
    func futureBook(engine: TestEngine) throws {
        let database = try Self.database(engine, extra: 1)
        try database.insertBook(version: "PNBOOK-2026-11-20-200", createdAt: "2026-11-20 12:05:00.001")
        let result = try database.pnbook(["prune", "--json"] + Self.now)
        #expect(result.code == 0)
        #expect(result.stderr.contains("PNBOOK-2026-11-20-200 is dated in the future"))
        let retention = try result.json["retention"]
        #expect(retention?["kept"]?[0]?["reasons"] == ["dated in the future"])
        #expect(retention?["kept"]?[1]?["reasons"]?[1] == "daily 1 2026-11-20")
        #expect(retention?["removed"]?.elements?.map { $0["version"] } == ["PNBOOK-2026-11-20-100"])
        // Five minutes are no future.
        try database.run("UPDATE qt_partnumber_books SET created_at = '2026-11-20 12:05:00.000' WHERE is_active = 0")
        #expect(try Self.plan(database)["retention"]?["kept"]?[0]?["reasons"]?[0] == "daily 1 2026-11-20")
    }
}
