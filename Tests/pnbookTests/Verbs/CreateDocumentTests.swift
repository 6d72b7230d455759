import Foundation
import Harness
import TestSupport
import Testing

/// `create --json`: its document (<doc:JSONOutput#create>).
@Suite("create --json")
struct CreateDocumentTests {
    private static let night = ["create", "--json", "--triggered-by", "manual:ann", "--now"]

    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        try database.succeed("migrate", "up")
        return database
    }

    @Test("The document has every field, with the values of the fixture", arguments: TestEngine.allCases)
    func document(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let document = try database.pnbook(Self.night + ["2026-11-20T03:00:00Z"]).json
        let expected = try Catalogues.expectation(of: Catalogues.servers)
        #expect(
            document.names == [
                "book", "changes", "conflicts", "dry_run", "error", "excluded", "expanded_rows", "merged_duplicates",
                "quantities_dropped",
                "retention", "schema", "source", "task", "unchanged", "warnings",
            ])
        #expect(document["schema"] == 1)
        #expect(document["dry_run"] == false)
        #expect(document["changes"] == .null, "no book was active")
        #expect(
            document["book"] == [
                "id": 1, "version": "PNBOOK-2026-11-20-001", "created_at": "2026-11-20T03:00:00.000Z",
                "created_by": "manual:ann", "is_active": true, "items": 546, "partnumbers": 365,
                "digest": "sha256:4f163034794670eafad624651ac617781b35971e1561b520a6a212ca38e48a40",
            ])
        #expect(document["book"]?["digest"] == expected["digest"])
        #expect(document["source"] == ["rows": 403, "bundles": 18, "ignore_rules": 12])
        #expect(document["excluded"] == ["empty_partnumber": 2, "empty_lot": 12, "ignored": 12, "empty_bundle": 2])
        #expect(document["expanded_rows"] == 33)
        #expect(document["merged_duplicates"] == 24)
        #expect(document["quantities_dropped"] == 30)
        #expect(
            document["conflicts"] == [
                "count": 3, "partnumbers": ["05-50077-00", "PK-CONFLICT-9254", "ST8000NM017B"],
            ])
        let kept: JSON = [
            "id": 1, "version": "PNBOOK-2026-11-20-001",
            "reasons": [
                "active", "made by this run", "daily 1 2026-11-20", "weekly 1 2026-W47", "monthly 1 2026-11",
                "yearly 1 2026",
            ],
        ]
        #expect(document["retention"]?.without("plan_hash") == ["kept": [kept], "removed": [], "held": []])
        #expect(document["retention"]?["plan_hash"]?.string?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(document["warnings"]?.elements?.count == 1)
        #expect(
            document["warnings"]?[0]?.string?.hasSuffix("05-50077-00, PK-CONFLICT-9254, ST8000NM017B") == true)
    }

    @Test("The task of the document is the stored task", arguments: TestEngine.allCases)
    func task(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let task = try #require(try database.pnbook(Self.night + ["2030-11-20T03:00:00Z"]).json["task"])
        #expect(task.names == ["completed_at", "id", "started_at", "status", "triggered_by", "type"])
        let id = try #require(task["id"]?.string)
        #expect(id.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
        #expect(task["type"] == "partnumber_book_create")
        #expect(task["status"] == "completed_with_warnings")
        #expect(task["triggered_by"] == "manual:ann")
        let stored = try #require(try database.succeed("task", "show", id, "--json").json["task"])
        for name in ["id", "type", "status", "triggered_by", "started_at", "completed_at"] {
            #expect(task[name] == stored[name])
        }
        let times = [task["started_at"], task["completed_at"]].compactMap { $0?.string }
        #expect(times == times.sorted())
        for time in times { #expect(time.wholeMatch(of: /2030-11-20T03:00:\d\d\.\d{3}Z/) != nil) }
    }

    @Test("Both engines print the same document but for the task's id and times")
    func sameOnBothEngines() throws {
        let documents = try TestEngine.both.map { engine in
            let database = try Self.database(engine)
            return try ["2026-11-20T03:00:00Z", "2026-11-20T04:00:00Z", "2026-11-21T03:00:00Z"].map { now in
                try database.pnbook(Self.night + [now]).json.changing("task") {
                    $0.without("id", "started_at", "completed_at")
                }
            }
        }
        #expect(documents[0] == documents[1])
        #expect(documents[0].count == 3)
    }

    @Test(
        "The second night keeps the first, a second book of a day keeps the one before it, and a third takes its place",
        arguments: TestEngine.allCases)
    func nights(engine: TestEngine) throws {
        let database = try Self.database(engine)
        _ = try database.pnbook(Self.night + ["2026-11-22T03:00:00Z"]).json
        let second = try database.pnbook(Self.night + ["2026-11-23T03:00:00Z"]).json
        #expect(second["book"]?["id"] == 2)
        #expect(second["retention"]?["removed"] == [])
        #expect(
            second["retention"]?["kept"] == [
                [
                    "id": 2, "version": "PNBOOK-2026-11-23-001",
                    "reasons": [
                        "active", "made by this run", "daily 1 2026-11-23", "weekly 1 2026-W48", "monthly 1 2026-11",
                        "yearly 1 2026",
                    ],
                ],
                [
                    "id": 1, "version": "PNBOOK-2026-11-22-001",
                    "reasons": ["previous", "daily 2 2026-11-22", "weekly 2 2026-W47"],
                ],
            ])
        let byHand = try database.pnbook(Self.night + ["2026-11-23T15:00:00Z"]).json
        #expect(byHand["retention"]?["removed"] == [])
        #expect(byHand["retention"]?["kept"]?[1]?["reasons"] == ["previous"])
        let third = try database.pnbook(Self.night + ["2026-11-23T16:00:00Z"]).json
        #expect(third["book"]?["version"] == "PNBOOK-2026-11-23-003")
        #expect(
            third["retention"]?["removed"] == [
                [
                    "id": 2, "version": "PNBOOK-2026-11-23-001",
                    "reasons": [
                        "day 2026-11-23 is represented by 4", "week 2026-W48 is represented by 4",
                        "month 2026-11 is represented by 4", "year 2026 is represented by 4",
                    ],
                ]
            ])
        #expect(
            try database.books() == ["PNBOOK-2026-11-23-003*", "PNBOOK-2026-11-23-002", "PNBOOK-2026-11-22-001"])
        #expect(try database.orphans() == "0")
    }

    @Test(
        "A catalogue without anything to warn of gives a completed task and no warnings", arguments: TestEngine.allCases
    )
    func withoutWarnings(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        let result = try database.succeed("create", "--json", "--fail-on-warnings")
        #expect(result.stderr == "")
        #expect(try result.json["task"]?["status"] == "completed")
        #expect(try result.json["warnings"] == [])
        #expect(try result.json["conflicts"] == ["count": 0, "partnumbers": []])
    }

    @Test("Of many conflicts all are counted and twenty are listed", arguments: TestEngine.allCases)
    func manyConflicts(engine: TestEngine) throws {
        let folder = Catalogues.rule("11b-many-conflicts")
        let expected = try Catalogues.expectation(of: folder)
        let database = try TestDatabase(engine)
        try database.succeed("load", folder)
        let document = try database.succeed("create", "--migrate", "--json").json
        #expect(document["conflicts"] == expected["conflicts"])
        #expect(document["conflicts"]?["partnumbers"]?.elements?.count == 20)
    }
}
