import Foundation
import Harness
import TestSupport
import Testing

/// `create` says what its book changes, everywhere it says what it has made.
@Suite("create, what it changes")
struct CreateChangesTests {
    private static let sentence =
        "Since PNBOOK-2026-11-20-001: 1 added, 2 removed, 1 re-mapped, 0 changed, 2 unchanged"
    private static let changes: JSON = [
        "since": ["id": 1, "version": "PNBOOK-2026-11-20-001"], "added": 1, "removed": 2, "remapped": 1, "changed": 0,
        "unchanged": 2,
    ]
    private static let later = ["--now", "2026-11-21T03:00:00Z"]

    /// A book of five part numbers, and a catalogue without two of them, with another LOT for the third, and a new one.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        try database.load(Catalogues.mappings(",PN-3,OTHER\n,PN-4,LOT-4\n,PN-5,LOT-5\n,PN-6,LOT-6"))
        return database
    }

    @Test("Report, document, task and diff say the same", arguments: TestEngine.allCases)
    func everywhere(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let dry = try database.expectUntouched { try database.pnbook(["create", "--dry-run"] + Self.later) }
        #expect(dry.stdout.contains("nothing was written.\n\(Self.sentence)\n\n  read"), "\(dry.stdout)")
        let preview = try database.pnbook(["create", "--dry-run", "--json"] + Self.later).json
        #expect(preview["changes"] == Self.changes)
        let tonight = try database.expectUntouched { try database.succeed("diff", "catalogue", "--json").json }
        #expect(tonight["from"] == ["id": 1, "version": "PNBOOK-2026-11-20-001"])
        #expect(tonight["to"] == ["id": .null, "version": "catalogue"])
        #expect(try database.succeed("diff", "active", "catalogue", "--json").json == tonight)
        let text = try database.succeed("diff", "catalogue").stdout
        #expect(text.hasPrefix("From PNBOOK-2026-11-20-001 to the catalogue as it is now:\n"))
        let made = try database.pnbook(["create", "--json"] + Self.later)
        #expect(try made.json["changes"] == Self.changes)
        let tasks = try database.tasks().filter { $0["type"] == "partnumber_book_create" }
        #expect(tasks.first?["result"]?["changes"] == Self.changes)
        for arguments in [
            ["diff"], ["diff", "1"], ["diff", "previous"], ["diff", "active"], ["diff", "1", "newest"],
        ] {
            let diff = try database.pnbook(arguments + ["--json"]).json
            #expect(diff["from"]?["id"] == 1 && diff["to"]?["id"] == 2, "\(arguments)")
            #expect(diff["changes"]?.elements?.count == 4, "\(arguments)")
            #expect(diff["changes"] == tonight["changes"], "\(arguments)")
        }
        #expect(try database.succeed("diff", "catalogue", "active", "--json").json["counts"]?["same"] == 4)
    }

    @Test("An unchanged catalogue changes nothing, published or not", arguments: TestEngine.allCases)
    func unchanged(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        let nothing: JSON = [
            "since": ["id": 1, "version": "PNBOOK-2026-11-20-001"], "added": 0, "removed": 0, "remapped": 0,
            "changed": 0, "unchanged": 5,
        ]
        for flags in [["--if-changed", "--dry-run"], ["--if-changed"], []] {
            let document = try database.pnbook(["create", "--json"] + flags + Self.later).json
            #expect(document["changes"] == nothing, "\(flags)")
        }
        let text = try database.succeed("create", "--if-changed").stdout
        #expect(text.hasPrefix("Unchanged: a new book would equal PNBOOK-2026-11-21-001 (id 2)"))
    }
}
