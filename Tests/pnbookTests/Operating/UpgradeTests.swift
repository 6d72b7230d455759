import Database
import Harness
import TestSupport
import Testing

/// A database of the version before there were pins and a record of switches: no night is lost, and `doctor` says what is missing.
@Suite("Upgrading")
struct UpgradeTests {
    /// The rights of a nightly account as the administrator's page gave them before.
    private static let nightly =
        MissingRightsTests.nightly.filter { !$0.hasSuffix("pnbook_tasks") }
        + ["SELECT, INSERT, UPDATE, DELETE ON pnbook_tasks"]

    private static let later = [
        "SELECT, INSERT, DELETE ON pnbook_activations", "SELECT ON pnbook_pins",
    ]

    /// A book, and neither of the later tables.
    private static func old(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.run("DROP TABLE pnbook_activations", "DROP TABLE pnbook_pins")
        return database
    }

    private static func note(_ result: ProgramResult, _ topic: String) throws -> JSON? {
        try result.json["findings"]?.elements?.first { $0["topic"] == .string(topic) && $0["level"] != "ok" }
    }

    @Test("Every verb works without the tables; 'migrate up' makes them", arguments: TestEngine.allCases)
    func withoutTables(engine: TestEngine) throws {
        let database = try Self.old(engine)
        try database.succeed("create", "--now", "2026-11-20T09:12:00Z")
        #expect(try database.books() == ["PNBOOK-2026-11-20-002*", "PNBOOK-2026-11-20-001"])
        for verb in [
            ["show", "previous"], ["verify"], ["prune", "--dry-run"], ["create", "--dry-run"], ["migrate", "status"],
        ] {
            let result = try database.expectUntouched { try database.pnbook(verb) }
            #expect(result.code == 0, "\(verb): \(result.stderr)")
        }
        #expect(try database.pnbook("migrate", "status").stdout.contains("pnbook_pins does not exist yet"))
        #expect(
            try Self.note(database.pnbook("doctor", "--json"), "schema")?["fix"]?.string?.contains("migrate up") == true
        )
        #expect(try database.succeed("migrate", "plan").stdout.contains("pnbook_activations: to be created"))
        #expect(
            try database.succeed("migrate", "up").stdout == "pnbook_activations: made\npnbook_pins: made\n")
        #expect(try database.succeed("migrate", "up").stdout == "Nothing was pending.\n")
        #expect(try Self.note(database.pnbook("doctor", "--json"), "schema") == nil)
        try database.succeed("activate", "previous")
        #expect(try database.books() == ["PNBOOK-2026-11-20-002", "PNBOOK-2026-11-20-001*"])
    }

    @Test("'create --migrate' makes them as well", arguments: TestEngine.allCases)
    func createMigrates(engine: TestEngine) throws {
        let database = try Self.old(engine)
        try database.succeed("create", "--migrate", "--now", "2026-11-20T09:12:00Z")
        #expect(try database.rows("SELECT book_id, replaced_id FROM pnbook_activations") == [["2", "1"]])
    }

    @Test("The nightly account needs no new right to go on, and says which it could use")
    func oldRights() throws {
        let database = try Self.old(.mariadb)
        let user = try LimitedUser(on: database, rights: Self.nightly)
        // Neither with nor without the tables, nor with --migrate.
        var version = 2
        func night(_ flags: String...) throws {
            let result = try user.pnbook(["create", "--now", "2026-11-20T09:1\(version):00Z"] + flags)
            #expect(result.code == 0 && !result.stderr.contains("warning"), "\(result.stderr)")
            #expect(
                try database.books() == ["PNBOOK-2026-11-20-00\(version)*", "PNBOOK-2026-11-20-00\(version - 1)"])
            version += 1
        }
        try night()
        try night("--migrate")
        try database.succeed("migrate", "up")
        try night()
        try night("--migrate")
        let note = try #require(try Self.note(user.pnbook("doctor", "--json"), "rights"))
        #expect(note["level"] == "note")
        let fix = try #require(note["fix"]?.string)
        #expect(
            fix.contains(
                "GRANT SELECT, INSERT, DELETE ON `\(database.schema)`.`pnbook_activations` TO \(user.account);"))
        #expect(fix.contains("GRANT SELECT ON `\(database.schema)`.`pnbook_pins` TO \(user.account);"))
        let able = try LimitedUser(on: database, rights: Self.nightly + Self.later)
        #expect(try Self.note(able.pnbook("doctor", "--json"), "rights") == nil)
        #expect(try able.pnbook("create", "--now", "2026-11-20T10:00:00Z").code == 0)
        #expect(try database.rows("SELECT COUNT(*) FROM pnbook_activations") == [["1"]])
    }

    @Test("Once a book is pinned, an account that may not read the pins publishes and removes nothing, and says why")
    func unreadablePins() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        try database.succeed("create", "--now", "2026-11-20T09:00:00Z")
        try database.succeed("pin", "1", "--note", "quote 4711")
        let user = try LimitedUser(on: database, rights: Self.nightly)
        let night = try user.pnbook("create", "--now", "2026-11-20T09:12:00Z")
        #expect(night.code == 0)
        #expect(night.stdout.contains("the book is published, but retention failed"), "\(night.stdout)")
        #expect(night.stdout.contains("pnbook_pins"))
        #expect(try database.books().count == 3)
        try database.expectNoChange { try user.pnbook("prune") }
            .expectRefusal(77, saying: "GRANT SELECT ON `\(database.schema)`.`pnbook_pins` TO \(user.account);")
        #expect(try user.pnbook("list").code == 0)
    }
}
