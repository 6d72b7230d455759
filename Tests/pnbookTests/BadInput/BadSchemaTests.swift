import Database
import Foundation
import TestSupport
import Testing

/// Bad input: the schema is not what it must be.
@Suite("Bad input: schema")
struct BadSchemaTests {
    private static let tables = [
        "lot_partnumbers", "qt_lot_bundles", "qt_lot_bundle_items", "qt_vendor_partnumber_seen",
    ]

    @Test("A missing source table exits 13 and is named", arguments: TestEngine.allCases, tables)
    func missingTable(engine: TestEngine, table: String) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.run("DROP TABLE \(identifier: table)")
        for verb in [["create"], ["create", "--migrate"], ["create", "--dry-run"]] {
            let result = try database.expectUntouched { try database.pnbook(verb) }
            result.expectRefusal(
                13, saying: "the source table \(table) does not exist", database.schemaOrPath, "pnbook load DIR")
        }
    }

    @Test(
        "A missing source column exits 13 and is named", arguments: TestEngine.allCases,
        [
            "lot_partnumbers.vendor", "lot_partnumbers.partnumber", "lot_partnumbers.lot_name",
            "lot_partnumbers.description", "qt_lot_bundles.bundle_lot_name", "qt_lot_bundle_items.bundle_lot_name",
            "qt_lot_bundle_items.lot_name", "qt_lot_bundle_items.qty", "qt_vendor_partnumber_seen.partnumber",
            "qt_vendor_partnumber_seen.is_ignored",
        ])
    func missingColumn(engine: TestEngine, name: String) throws {
        let parts = name.split(separator: ".").map(String.init)
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.run("ALTER TABLE \(identifier: parts[0]) RENAME COLUMN \(identifier: parts[1]) TO elsewhere")
        let result = try database.expectUntouched { try database.pnbook("create") }
        result.expectRefusal(
            13, saying: "the source table \(parts[0]) has no column \(parts[1])", database.schemaOrPath,
            "PriceForge's database")
    }

    @Test("An empty database exits 13 whatever is asked of it, and stays empty", arguments: TestEngine.allCases)
    func emptyDatabase(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.connect().close()
        for verb in [
            ["create"], ["create", "--migrate"], ["migrate", "up"], ["migrate", "plan"], ["migrate", "status"],
            ["prune"], ["prune", "--dry-run"], ["list"], ["show", "active"], ["verify"],
        ] {
            let result = try database.expectNoChange { try database.pnbook(verb) }
            result.expectRefusal(13, saying: "lot_partnumbers does not exist", database.schemaOrPath, "pnbook load DIR")
        }
        #expect(try database.contents().names == [])
    }

    @Test("Pending migrations without --migrate exit 10 and nothing is touched", arguments: TestEngine.allCases)
    func pending(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        for verb in [
            ["create"], ["create", "--dry-run"], ["prune"], ["prune", "--dry-run"], ["list"], ["show", "active"],
            ["diff"],
            ["diff", "catalogue"], ["verify"], ["export", "active", "--to", database.folder + "/book.csv"],
        ] {
            let result = try database.expectUntouched { try database.pnbook(verb) }
            result.expectRefusal(
                10, saying: "migrations are pending: 026, 027, 028", "pnbook migrate plan", "pnbook migrate up",
                "--migrate")
        }
    }

    @Test("Each single migration that is pending is named", arguments: TestEngine.allCases)
    func pendingTail(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        try database.run("DELETE FROM pnbook_schema_history WHERE number = 28")
        try database.pnbook("create").expectRefusal(10, saying: "migrations are pending: 028.")
        try database.run("DELETE FROM pnbook_schema_history WHERE number = 27")
        try database.pnbook("create").expectRefusal(10, saying: "migrations are pending: 027, 028.")
        try database.succeed("create", "--migrate")
    }

    @Test(
        "A schema beyond 028 exits 13 by name before anything is written", arguments: TestEngine.allCases,
        ["qt_partnumber_book_items.lots_json", "qt_partnumber_books.partnumbers_json"])
    func beyond(engine: TestEngine, column: String) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try Self.insertOldBooks(into: database)
        let parts = column.split(separator: ".").map(String.init)
        // The names are in capitals: MariaDB does not mind, and neither must we.
        try database.run(
            "ALTER TABLE \(identifier: parts[0]) ADD COLUMN \(identifier: parts[1].uppercased()) TEXT NULL")
        for verb in [
            ["create"], ["create", "--migrate"], ["create", "--dry-run"], ["migrate", "up"], ["migrate", "plan"],
            ["migrate", "status"], ["prune"], ["prune", "--dry-run"],
        ] {
            let result = try database.expectUntouched { try database.pnbook(verb) }
            result.expectRefusal(13, saying: "beyond 028", column, "migration 029", "must not write")
        }
    }

    @Test("A schema beyond 028 that pnbook has never seen is refused as well", arguments: TestEngine.allCases)
    func beyondWithoutHistory(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        try database.run(
            "CREATE TABLE qt_partnumber_books (id INTEGER PRIMARY KEY, version VARCHAR(30), partnumbers_json TEXT)")
        for verb in [["create", "--migrate"], ["migrate", "up"]] {
            let result = try database.expectUntouched { try database.pnbook(verb) }
            result.expectRefusal(13, saying: "beyond 028", "qt_partnumber_books.partnumbers_json")
        }
    }

    @Test("A column that is not as needed exits 13 with both types", arguments: TestEngine.allCases)
    func different(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        try database.run("ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn BLOB NULL")
        let result = try database.expectNoChange { try database.pnbook("migrate", "up") }
        result.expectRefusal(
            13, saying: "lot_partnumbers.is_primary_pn is blob", "needed is a whole number", "by hand")
    }

    /// Two books of two days, with items, so that a prune has something to do.
    private static func insertOldBooks(into database: TestDatabase) throws {
        for day in [1, 2] {
            try database.insertBook(
                version: "PNBOOK-2026-11-01-00\(day)", createdAt: "2026-11-01 0\(day):00:00.000", items: 2)
        }
    }
}
