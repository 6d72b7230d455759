import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `create --dry-run`: builds and reports, and writes nothing.
@Suite("create --dry-run")
struct CreateDryRunTests {
    @Test("Nothing is written: no table, no row, no task, no byte of the file", arguments: TestEngine.allCases)
    func writesNothing(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        for format in [["--json"], ["--quiet"], []] {
            let result = try database.expectUntouched {
                try database.pnbook(["create", "--dry-run", "--now", "2026-11-21T03:00:00Z"] + format)
            }
            #expect(result.code == 0, "\(result.stderr)")
        }
    }

    @Test("It says what the run then does", arguments: TestEngine.allCases)
    func saysWhatWouldBe(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        try database.succeed("create", "--now", "2026-11-20T03:30:00Z")
        let flags = ["create", "--json", "--created-by", "ann", "--now", "2026-11-20T04:00:00Z"]
        let imagined = try database.expectUntouched { try database.pnbook(flags + ["--dry-run"]).json }
        #expect(imagined["dry_run"] == true)
        #expect(imagined["task"] == .null)
        #expect(imagined["book"]?["id"] == .null)
        #expect(imagined["book"]?["is_active"] == false)
        #expect(imagined["book"]?["version"] == "PNBOOK-2026-11-20-003")
        #expect(imagined["retention"]?["removed"]?[0]?["version"] == "PNBOOK-2026-11-20-001")
        let real = try database.pnbook(flags).json
        let same = { (document: JSON) in
            document.without("task", "dry_run", "retention").changing("book") { $0.without("id", "is_active") }
        }
        #expect(same(imagined) == same(real))
        let kept = { (document: JSON) in
            (document["retention"]?["kept"]?.elements ?? []).map { $0.without("id") }
        }
        #expect(kept(imagined) == kept(real))
        #expect(imagined["retention"]?["removed"] == real["retention"]?["removed"])
    }

    @Test("Without a migration it needs --migrate, which it does not carry out", arguments: TestEngine.allCases)
    func beforeMigration(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        let result = try database.expectUntouched {
            try database.pnbook("create", "--migrate", "--dry-run", "--json", "--now", "2026-11-20T03:00:00Z")
        }
        #expect(result.code == 0)
        #expect(result.stderr.contains("pending migrations 026, 027, 028 would be applied first"))
        #expect(try result.json["book"]?["version"] == "PNBOOK-2026-11-20-001")
        #expect(try result.json["book"]?["items"] == 3)
    }

    @Test("What a migration would refuse, it refuses as well", arguments: TestEngine.allCases)
    func beforeRefusedMigration(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        try database.run("ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn BLOB NULL")
        let imagined = try database.expectUntouched { try database.pnbook("create", "--migrate", "--dry-run") }
        let real = try database.expectNoChange { try database.pnbook("create", "--migrate") }
        for result in [imagined, real] {
            result.expectRefusal(13, saying: "lot_partnumbers.is_primary_pn", database.schemaOrPath, "whole number")
        }
    }

    @Test("The human form says that nothing was written")
    func humanForm() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        try database.succeed("create", "--now", "2026-11-20T03:30:00Z")
        let text = try database.pnbook("create", "--dry-run", "--now", "2026-11-20T04:00:00Z").stdout
        #expect(text.contains("Dry run: PNBOOK-2026-11-20-003 would become active; nothing was written."))
        #expect(text.contains("to remove"))
        #expect(text.contains("PNBOOK-2026-11-20-001"))
    }
}
