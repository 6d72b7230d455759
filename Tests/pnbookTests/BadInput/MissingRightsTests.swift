import Database
import Harness
import TestSupport
import Testing

/// Bad input: the MariaDB user lacks a right. The message holds the GRANT that gives it.
@Suite("Bad input: missing rights")
struct MissingRightsTests {
    /// What `create` needs on a database that is migrated, and no more.
    static let nightly = [
        "SELECT ON lot_partnumbers", "SELECT ON qt_lot_bundles", "SELECT ON qt_lot_bundle_items",
        "SELECT ON qt_vendor_partnumber_seen", "SELECT, INSERT, UPDATE, DELETE ON qt_partnumber_books",
        "SELECT, INSERT, DELETE ON qt_partnumber_book_items", "SELECT ON pnbook_schema_history",
        "SELECT, INSERT, UPDATE ON pnbook_book_ledger", "SELECT, INSERT, UPDATE ON pnbook_tasks",
        "SELECT, INSERT, UPDATE ON pnbook_fences",
    ]

    private static func database() throws -> TestDatabase {
        try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
    }

    @Test("A user with the nightly rights and no more can create books and retire old ones")
    func nightlyRightsAreEnough() throws {
        let database = try Self.database()
        let user = try LimitedUser(on: database, rights: Self.nightly)
        for hour in 4...5 {
            let result = try user.pnbook("create", "--now", "2026-11-20T0\(hour):00:00Z")
            #expect(result.code == 0, "\(result.stderr)")
        }
        #expect(try database.books() == ["PNBOOK-2026-11-20-003*", "PNBOOK-2026-11-20-002"])
    }

    @Test(
        "Without SELECT on a source table create exits 77 with the exact GRANT",
        arguments: [
            "lot_partnumbers", "qt_lot_bundles", "qt_lot_bundle_items", "qt_vendor_partnumber_seen",
        ])
    func selectOnSource(table: String) throws {
        let database = try Self.database()
        let user = try LimitedUser(on: database, rights: Self.nightly.filter { $0 != "SELECT ON " + table })
        let result = try database.expectNoChange { try user.pnbook("create") }
        result.expectRefusal(
            77, saying: table, database.schema,
            "GRANT SELECT ON `\(database.schema)`.`\(table)` TO \(user.account);")
    }

    @Test("Without INSERT on the items create exits 77 with the exact GRANT and publishes nothing")
    func insertOnItems() throws {
        let database = try Self.database()
        let rights = Self.nightly.map { $0.contains("book_items") ? "SELECT, DELETE ON qt_partnumber_book_items" : $0 }
        let user = try LimitedUser(on: database, rights: rights)
        let result = try database.expectNoChange { try user.pnbook("create") }
        result.expectRefusal(
            77, saying: "INSERT command denied",
            "GRANT INSERT ON `\(database.schema)`.`qt_partnumber_book_items` TO \(user.account);")
        #expect(try database.tasks(ofStatus: "failed").map { $0["type"] } == ["partnumber_book_create"])
    }

    @Test("Without DELETE on the items the book is published and retention's failure is a warning with the GRANT")
    func deleteOnItems() throws {
        let database = try Self.database()
        let rights = Self.nightly.map { $0.contains("book_items") ? "SELECT, INSERT ON qt_partnumber_book_items" : $0 }
        let user = try LimitedUser(on: database, rights: rights)
        try database.succeed("create", "--now", "2026-11-20T03:30:00Z")
        let result = try user.pnbook("create", "--now", "2026-11-20T04:00:00Z", "--json")
        #expect(result.code == 0, "\(result.stderr)")
        let document = try result.json
        #expect(document["task"]?["status"] == "completed_with_warnings")
        #expect(document["retention"]?["removed"] == [])
        #expect(document["retention"]?["held"]?[0]?["version"] == "PNBOOK-2026-11-20-001")
        let warning = try #require(document["warnings"]?[0]?.string)
        #expect(warning.contains("the book is published, but retention failed"))
        #expect(warning.contains("DELETE command denied"))
        #expect(
            try database.books() == ["PNBOOK-2026-11-20-003*", "PNBOOK-2026-11-20-002", "PNBOOK-2026-11-20-001"])
    }

    @Test("Without CREATE migrate up exits 77 with the exact GRANT, and nothing was migrated")
    func createForMigrate() throws {
        let database = try TestDatabase(.mariadb)
        try database.load(Catalogues.plain(parts: 1))
        let user = try LimitedUser(on: database, rights: ["SELECT, INSERT, UPDATE, DELETE"])
        let result = try database.expectNoChange { try user.pnbook("migrate", "up") }
        result.expectRefusal(
            77, saying: "CREATE command denied", "GRANT CREATE ON `\(database.schema)`.", "TO \(user.account);")
    }

    @Test("A user with no right on the schema exits 77 with a GRANT that names it")
    func noRightAtAll() throws {
        let database = try Self.database()
        let user = try LimitedUser(on: database)
        try user.pnbook("create").expectRefusal(
            77, saying: "Access denied",
            // In a GRANT on a schema, an underscore by itself stands for any character.
            "ON `\(database.schema.replacing("_", with: "\\_"))`.* TO \(user.account);")
    }

    @Test(
        "The GRANTs of the messages, given one after another, lead to a book",
        arguments: [["create"], ["migrate", "up"]])
    func grantsLeadToSuccess(verb: [String]) throws {
        let database = try TestDatabase(.mariadb)
        try database.load(Catalogues.plain(parts: 3))
        if verb == ["create"] { try database.succeed("migrate", "up") }
        // Who migrates sees the schema: the server names no table that a user may not know of.
        let user = try LimitedUser(on: database, rights: [verb == ["create"] ? "SELECT ON lot" : "SELECT"])
        let server = try TestDatabase.server()
        defer { server.close() }
        var given: [String] = []
        while given.count < 40 {
            let result = try user.pnbook(verb)
            if result.code == 0 { break }
            try #require(result.code == 77, "\(result.stderr)")
            let grant = try #require(result.stderr.firstMatch(of: /GRANT [^;]*/)?.output, "\(result.stderr)")
            try #require(!given.contains(String(grant)), "the GRANT did not help: \(result.stderr)")
            given.append(String(grant))
            try server.execute(SQL(raw: String(grant)))
        }
        #expect(given.count < 40)
        if verb == ["create"] {
            #expect(try database.books().count == 1)
        } else {
            #expect(try database.succeed("migrate", "status").code == 0)
        }
    }

    @Test("A user who may only read can list, show and look, and is refused by name where something is written")
    func readOnlyUser() throws {
        let database = try Self.database()
        let user = try LimitedUser(on: database, rights: ["SELECT"])
        for verb in [
            ["list"], ["show", "active"], ["verify", "--against-catalogue"], ["explain", "PN-1"],
            ["create", "--dry-run"], ["prune", "--dry-run"], ["task", "list"],
            ["export", "active", "--to", database.folder + "/book.csv"],
        ] {
            #expect(try user.pnbook(verb).code == 0)
        }
        let create = try database.expectUntouched { try user.pnbook("create") }
        create.expectRefusal(77, saying: "GRANT INSERT ON `\(database.schema)`.`pnbook_tasks` TO \(user.account);")
        let folder = try ScratchFolder()
        let catalogue = try folder.writeCatalogue(Catalogues.plain(parts: 1))
        let load = try database.expectUntouched { try user.pnbook("load", catalogue, "--replace") }
        load.expectRefusal(77, saying: "GRANT ", "TO \(user.account);")
    }
}
