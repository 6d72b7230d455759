import Database
import Foundation
import Harness
import TestSupport
import Testing

/// The flags of `create`, and its human form.
@Suite("create, its flags and its table")
struct CreateOptionsTests {
    private static func servers(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        return database
    }

    @Test("The table has the version, every count, the reasons and the digest", arguments: TestEngine.allCases)
    func table(engine: TestEngine) throws {
        let database = try Self.servers(engine)
        let result = try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        let lines = result.stdout.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        for line in [
            "PNBOOK-2026-11-20-001 (id 1) is active.", "read 403 mappings, 18 bundles, 12 ignore rules",
            "left out 28 mappings", "2 without a part number", "12 without a LOT", "12 ignored", "2 of an empty bundle",
            "expanded 33 mappings to a bundle", "30 with a quantity other than 1, which a book does not hold",
            "merged 24 duplicate items",
            "conflicts 3 part numbers with different LOTs", "in the book 546 items, 365 part numbers", "kept 1 book",
            "sha256:4f163034794670eafad624651ac617781b35971e1561b520a6a212ca38e48a40",
        ] {
            #expect(lines.contains(line), "\(lines)")
        }
        try database.succeed("create", "--now", "2026-11-20T04:00:00Z")
        let third = try database.succeed("create", "--now", "2026-11-20T05:00:00Z").stdout
        #expect(
            third.contains("PNBOOK-2026-11-20-001: PNBOOK-2026-11-20-003 is newer and takes its place\n"), "\(third)")
    }

    @Test("Warnings are in the table or the document, and on standard error where there is neither")
    func warnings() throws {
        let database = try Self.servers(.sqlite)
        let names = "05-50077-00, PK-CONFLICT-9254, ST8000NM017B"
        let table = try database.succeed("create", "--migrate")
        #expect(
            table.stdout.split(separator: "\n").filter { $0.contains("warning: ") && $0.hasSuffix(names) }.count == 1)
        #expect(table.stderr == "")
        let document = try database.succeed("create", "--json")
        #expect(try document.json["warnings"]?[0]?.string?.hasSuffix(names) == true)
        #expect(document.stderr == "")
        let quiet = try database.succeed("create", "--quiet")
        #expect(quiet.stderr.hasPrefix("pnbook: warning: "))
        #expect(quiet.stderr.hasSuffix(names + "\n"))
        #expect(quiet.stderr.split(separator: "\n").count == 1)
    }

    @Test("--fail-on-warnings exits 3 after the book is published", arguments: TestEngine.allCases)
    func failOnWarnings(engine: TestEngine) throws {
        let database = try Self.servers(engine)
        let result = try database.pnbook(
            "create", "--migrate", "--fail-on-warnings", "--json", "--now", "2026-11-20T03:00:00Z")
        #expect(result.code == 3)
        #expect(try result.json["book"]?["is_active"] == true)
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
        #expect(try database.pnbook("create", "--dry-run", "--fail-on-warnings").code == 3)
    }

    @Test("--quiet prints nothing on standard output, and warnings all the same", arguments: TestEngine.allCases)
    func quiet(engine: TestEngine) throws {
        let database = try Self.servers(engine)
        let result = try database.succeed("create", "--migrate", "--quiet")
        #expect(result.stdout == "")
        #expect(result.stderr.hasPrefix("pnbook: warning: rows of the same part number disagree on its LOTs"))
        #expect(try database.books().count == 1)
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.plain(parts: 3))
        for verb in [
            ["prune", "-q"], ["prune", "--dry-run", "-q"], ["migrate", "up", "-q"],
            ["load", "-q", folder.path, "--replace"],
        ] {
            let result = try database.pnbook(verb)
            #expect(result.code == 0)
            #expect(result.stdout == "", "\(verb)")
        }
    }

    @Test("--created-by names the book's maker, --triggered-by the task's", arguments: TestEngine.allCases)
    func names(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        let longest = String(repeating: "Ж", count: 100)
        let first = try database.succeed(
            "create", "--json", "--created-by", longest, "--triggered-by", "scheduled", "--now", "2026-11-20T03:00:00Z"
        ).json
        #expect(first["book"]?["created_by"] == .string(longest))
        #expect(first["task"]?["triggered_by"] == "scheduled")
        #expect(try database.rows("SELECT created_by FROM qt_partnumber_books WHERE is_active = 1") == [[longest]])
        let second = try database.succeed(
            "create", "--json", "--triggered-by", "api:shop window", "--now", "2026-11-21T03:00:00Z"
        ).json
        #expect(second["book"]?["created_by"] == "api:shop window")
        #expect(second["task"]?["triggered_by"] == "api:shop window")
    }

    @Test("Without --triggered-by it is the person at the keyboard, also behind sudo")
    func login() throws {
        let database = try TestDatabase.loaded(.sqlite, Catalogues.plain(parts: 3))
        let behindSudo = try database.pnbook(["create", "--json"], environment: ["SUDO_USER": "ann"]).json
        #expect(behindSudo["task"]?["triggered_by"] == "manual:ann")
        let plain = try database.pnbook("create", "--json").json
        #expect(plain["task"]?["triggered_by"] == .string("manual:" + NSUserName()))
    }

    @Test("--migrate brings a bare catalogue to 028 in a task of its own", arguments: TestEngine.allCases)
    func migrate(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        try database.succeed("create", "--migrate", "--now", "2040-11-20T03:00:00Z")
        let types = try database.tasks().map { $0["type"] }
        #expect(
            types.sorted { "\($0 as Any)" < "\($1 as Any)" } == [
                "catalogue_load", "partnumber_book_create", "schema_migrate",
            ])
        #expect(try database.pnbook("migrate", "status").code == 0)
        try database.succeed("create", "--migrate", "--now", "2040-11-21T03:00:00Z")
        #expect(try database.tasks().filter { $0["type"] == "schema_migrate" }.count == 1)
    }

    @Test(
        "The time zone decides the version's date around midnight, whatever the machine's zone is",
        arguments: [
            ("2026-11-20T22:30:00Z", "Europe/Moscow", "2026-11-21"), ("2026-11-20T22:30:00Z", "UTC", "2026-11-20"),
            ("2026-11-21T03:00:00Z", "America/New_York", "2026-11-20"),
            ("2026-12-31T10:00:00Z", "Pacific/Kiritimati", "2027-01-01"),
            ("2026-11-20T23:59:59.999Z", "Etc/UTC", "2026-11-20"),
            ("2026-11-21T00:30:00+01:00", "UTC", "2026-11-20"),
        ])
    func timeZone(now: String, zone: String, date: String) throws {
        let database = try TestDatabase.loaded(.sqlite, Catalogues.plain(parts: 3))
        let flag = try database.pnbook(
            ["create", "--json", "--timezone", zone, "--now", now],
            environment: ["TZ": "Asia/Tokyo", "PNBOOK_TIMEZONE": "Asia/Tokyo"]
        ).json
        #expect(flag["book"]?["version"] == .string("PNBOOK-\(date)-001"))
        #expect(flag["retention"]?["kept"]?[0]?["reasons"]?[2] == .string("daily 1 \(date)"))
        let variable = try database.pnbook(
            ["create", "--json", "--now", now], environment: ["TZ": "Asia/Tokyo", "PNBOOK_TIMEZONE": zone]
        ).json
        #expect(variable["book"]?["version"] == .string("PNBOOK-\(date)-002"))
    }

    @Test("The environment names the database where no flag does")
    func databaseFromEnvironment() throws {
        let database = try TestDatabase.loaded(.sqlite, Catalogues.plain(parts: 3))
        var program = RunProgram(["create", "--json"])
        program.environment = ["PNBOOK_DATABASE": try database.url]
        #expect(try program.run().json["book"]?["items"] == 3)
        program.arguments += ["--database", "sqlite:\(database.folder)/other.db"]
        #expect(try program.run().code == 69)
    }
}
