import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: standard output is full or gone. What writes finds out before it has written anything.
@Suite("Bad input: standard output")
struct BrokenOutputTests {
    /// A full disk, and a reader that has gone away.
    enum Broken: String, CaseIterable, CustomTestStringConvertible {
        case full = "No space left on device"
        case gone = "Broken pipe"

        var testDescription: String { rawValue }

        var destination: RunProgram.Destination {
            switch self {
            case .full: .file("/dev/full")
            case .gone: .closedPipe
            }
        }
    }

    /// A database with a book, one that retention would remove, and 028 to be recorded again.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.insertBook(version: "PNBOOK-2026-11-20-000", createdAt: "2026-11-20 02:00:00.000")
        return database
    }

    @Test(
        "Verbs that write exit 74 and have changed nothing", arguments: TestEngine.allCases, Broken.allCases)
    func writing(engine: TestEngine, broken: Broken) throws {
        let database = try Self.database(engine)
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.plain(parts: 2))
        for verb in [
            ["create"], ["create", "--json"], ["create", "--migrate"], ["create", "--dry-run"], ["prune"],
            ["prune", "--json"], ["load", folder.path, "--replace"], ["migrate", "up"],
        ] {
            let result = try database.expectUntouched { try database.pnbook(verb, to: broken.destination) }
            #expect(result.code == 74, "\(verb): \(result.stderr)")
            #expect(result.stderr == "pnbook: cannot write to standard output: \(broken.rawValue)\n")
        }
    }

    @Test("Migrations are not applied either", arguments: TestEngine.allCases, Broken.allCases)
    func migrating(engine: TestEngine, broken: Broken) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        for verb in [
            ["migrate", "up"], ["create", "--migrate"], ["load", Catalogues.servers, "--replace", "--migrate"],
        ] {
            let result = try database.expectUntouched { try database.pnbook(verb, to: broken.destination) }
            #expect(result.code == 74, "\(verb): \(result.stderr)")
        }
    }

    @Test("load makes no file for a result it cannot tell", arguments: Broken.allCases)
    func loading(broken: Broken) throws {
        let database = try TestDatabase(.sqlite)
        let result = try database.pnbook(["load", Catalogues.servers], to: broken.destination)
        #expect(result.code == 74)
        #expect(try FileManager.default.contentsOfDirectory(atPath: database.folder) == [])
    }

    @Test("Verbs that read exit 74 and name standard output", arguments: Broken.allCases)
    func reading(broken: Broken) throws {
        let database = try Self.database(.sqlite)
        let task = try #require(try database.tasks().first?["id"]?.string)
        for verb in [
            ["list"], ["list", "--json"], ["list", "--calendar"], ["show", "active"], ["show", "active", "--json"],
            ["verify"], ["verify", "--json"], ["explain", "PN-1"], ["explain", "PN-1", "--json"],
            ["prune", "--dry-run"], ["simulate"], ["simulate", "--json"], ["simulate", "--calendar"],
            ["migrate", "plan"], ["migrate", "status"], ["migrate", "status", "--json"], ["task", "list"],
            ["task", "list", "--json"], ["task", "show", task], ["--help"], ["--version"], ["create", "--help"],
            ["migrate", "up", "--help"],
        ] {
            var program = RunProgram(
                verb.last == "--help" || verb == ["--version"] ? verb : verb + ["--database", try database.url])
            program.output = broken.destination
            let result = try database.expectUntouched { try program.run() }
            #expect(result.code == 74, "\(verb): \(result.stderr)")
            #expect(result.stderr == "pnbook: cannot write to standard output: \(broken.rawValue)\n")
        }
    }

    @Test(
        "Output that breaks off once the work is done exits 74 and says that it is done",
        arguments: [
            (
                ["create", "--json", "--now", "2026-11-20T05:00:00Z"],
                "PNBOOK-2026-11-20-002 is published and active, but "
            ),
            (["prune", "--json"], "1 book removed, but "),
            (["migrate", "up", "--json"], "1 migration applied, but "),
            (["load", Catalogues.servers, "--replace", "--json"], "the catalogue is loaded, but "),
            (["create", "--dry-run", "--json"], ""),
        ])
    func breakingOff(verb: [String], done: String) throws {
        let database = try Self.database(.mariadb)
        if verb.first == "migrate" { try database.run("DELETE FROM pnbook_schema_history WHERE number = 28") }
        var program = RunProgram(verb + ["--database", try database.url])
        // Enough for the message on standard error, and not for the document.
        program.fileSizeLimit = 150
        let result = try program.run()
        #expect(result.code == 74)
        #expect(result.stderr == "pnbook: \(done)cannot write to standard output: File too large\n")
        #expect(result.stdout.utf8.count == 150)
        #expect(try database.tasks(ofStatus: "running") == [])
        switch verb.first {
        case "create" where !verb.contains("--dry-run"):
            #expect(try database.books() == ["PNBOOK-2026-11-20-002*", "PNBOOK-2026-11-20-001"])
        case "prune": #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
        case "load": #expect(try database.rows("SELECT COUNT(*) FROM lot_partnumbers") == [["403"]])
        case "migrate": #expect(try database.pnbook("migrate", "status").code == 0)
        default: #expect(try database.books() == ["PNBOOK-2026-11-20-001*", "PNBOOK-2026-11-20-000"])
        }
    }

    @Test("--quiet needs no standard output", arguments: TestEngine.allCases, Broken.allCases)
    func quiet(engine: TestEngine, broken: Broken) throws {
        let database = try Self.database(engine)
        let result = try database.pnbook(
            ["create", "--quiet", "--now", "2026-11-20T05:00:00Z"], to: broken.destination)
        #expect(result.code == 0, "\(result.stderr)")
        #expect(try database.books() == ["PNBOOK-2026-11-20-002*", "PNBOOK-2026-11-20-001"])
    }
}
