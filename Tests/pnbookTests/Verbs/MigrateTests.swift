import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `migrate plan`, `up` and `status`: the three migrations.
@Suite("migrate")
struct MigrateTests {
    private static func baseline(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        return database
    }

    @Test("plan prints the statements in order and changes nothing", arguments: TestEngine.allCases)
    func plan(engine: TestEngine) throws {
        let database = try Self.baseline(engine)
        let text = try database.expectUntouched { try database.succeed("migrate", "plan").stdout }
        let heads = text.split(separator: "\n").filter { $0.hasPrefix("-- ") }
        #expect(
            heads == [
                "-- pnbook_schema_history: to be created", "-- pnbook_book_ledger: to be created",
                "-- pnbook_fences: to be created", "-- pnbook_activations: to be created",
                "-- pnbook_pins: to be created",
                "-- 026 lot_partnumbers.is_primary_pn: to be created", "-- 026 qt_partnumber_books: to be created",
                "-- 026 qt_partnumber_book_items: to be created", "-- 027 qt_partnumber_books.version: to be created",
                "-- 028 qt_partnumber_book_items.description: to be created",
            ] + (engine == .mariadb ? ["-- 028 qt_partnumber_book_items.description as TEXT: to be created"] : []))
        let description =
            engine == .sqlite
            ? "VARCHAR(10000) NULL" : "VARCHAR(10000) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL"
        for words in ["ADD COLUMN", "VARCHAR(20)", "VARCHAR(30)", description, "qt_partnumber_book_items"] {
            #expect(text.contains(words))
        }
        let steps = try database.expectUntouched { try database.succeed("migrate", "plan", "--json").json }
        #expect(
            steps["steps"]?.elements?.map { $0["migration"] ?? .null }
                == [.null, .null, .null, .null, .null, 26, 26, 26, 27, 28] + (engine == .mariadb ? [28] : []))
        for step in steps["steps"]?.elements ?? [] {
            #expect(step["state"] == "absent")
            #expect((step["statements"]?.elements?.count ?? 0) > 0)
        }
    }

    @Test("The statements of the plan, run by hand, make the tables that up makes", arguments: TestEngine.allCases)
    func planByHand(engine: TestEngine) throws {
        let byHand = try Self.baseline(engine)
        let steps = try byHand.succeed("migrate", "plan", "--json").json["steps"]?.elements ?? []
        let connection = try byHand.connect(migrating: true)
        for statement in steps.flatMap({ $0["statements"]?.elements ?? [] }) {
            try connection.execute(SQL(raw: try #require(statement.string)))
        }
        connection.close()
        let byProgram = try Self.baseline(engine)
        try byProgram.succeed("migrate", "up")
        let (left, right) = (try byHand.contents().withoutTasks, try byProgram.contents().withoutTasks)
        #expect(left.without("pnbook_schema_history") == right.without("pnbook_schema_history"))
        // What exists is adopted, and nothing is pending afterwards.
        #expect(try byHand.pnbook("migrate", "status").code == 10)
        #expect(try byHand.succeed("migrate", "plan").stdout.contains("exists already and is only recorded"))
        try byHand.succeed("migrate", "up")
        let status = try byHand.succeed("migrate", "status", "--json").json
        #expect(status["migrations"]?.elements?.map { $0["state"] } == ["adopted", "adopted", "adopted"])
    }

    @Test("status exits 10 while something is pending and 0 afterwards", arguments: TestEngine.allCases)
    func status(engine: TestEngine) throws {
        let database = try Self.baseline(engine)
        let before = try database.expectUntouched { try database.pnbook("migrate", "status", "--json") }
        #expect(before.code == 10)
        #expect(before.stderr == "")
        #expect(try before.json["pending"] == [26, 27, 28])
        #expect(try before.json["migrations"]?.elements?.map { $0["state"] } == ["pending", "pending", "pending"])
        try database.succeed("migrate", "up", "--triggered-by", "api:deploy", "--now", "2026-11-20T03:00:00Z")
        let after = try database.expectUntouched { try database.pnbook("migrate", "status", "--json") }
        #expect(after.code == 0)
        #expect(try after.json["pending"] == [])
        let lines = try after.json["migrations"]?.elements ?? []
        #expect(lines.map { $0["number"] } == [26, 27, 28])
        #expect(lines.map { $0["name"] } == ["partnumber_books", "widen_book_version", "item_description"])
        for line in lines {
            #expect(line["state"] == "applied")
            #expect(line["applied_by"] == "api:deploy")
            #expect(line["finished_at"]?.string?.hasPrefix("2026-11-20T03:00:0") == true)
        }
        let text = try database.succeed("migrate", "status").stdout
        // The clock goes on while the statements run.
        #expect(text.contains(/026  partnumber_books    applied  2026-11-20 03:00:\d\d UTC by api:deploy/))
    }

    @Test("up says what it applied, and again does nothing", arguments: TestEngine.allCases)
    func upTwice(engine: TestEngine) throws {
        let database = try Self.baseline(engine)
        let first = try database.succeed("migrate", "up").stdout
        #expect(
            first.split(separator: "\n") == [
                "026 partnumber_books: applied", "027 widen_book_version: applied", "028 item_description: applied",
            ])
        let second = try database.expectUntouched { try database.succeed("migrate", "up").stdout }
        #expect(second.split(separator: "\n") == ["Nothing was pending."])
        let third = try database.expectUntouched { try database.succeed("migrate", "up", "--json").json }
        #expect(third == ["schema": 1, "task": .null, "error": .null, "migrations": [], "tables": []])
        #expect(
            try database.expectUntouched { try database.succeed("migrate", "plan").stdout } == "Nothing is pending.\n")
        #expect(try database.expectUntouched { try database.succeed("migrate", "plan", "--json").json["steps"] } == [])
        #expect(try database.tasks().filter { $0["type"] == "schema_migrate" }.count == 1)
    }

    @Test("Existing rows keep what they have and become primary part numbers", arguments: TestEngine.allCases)
    func existingRows(engine: TestEngine) throws {
        let database = try Self.baseline(engine)
        let query: SQL = "SELECT vendor, partnumber, lot_name FROM lot_partnumbers ORDER BY partnumber"
        let before = try database.rows(query)
        try database.succeed("migrate", "up")
        #expect(try database.rows(query) == before)
        #expect(before.count == 3)
        #expect(try database.rows("SELECT DISTINCT is_primary_pn FROM lot_partnumbers") == [["1"]])
    }

    @Test(
        "The tables hold texts of the permitted length and refuse longer ones, on both engines alike",
        arguments: TestEngine.allCases)
    func lengths(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let text = { (count: Int) in String(repeating: "😀", count: count) }
        let item = { (partnumber: String, lot: String, description: String) throws in
            try database.run(
                """
                INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)
                VALUES (1, \(partnumber), \(lot), 1, \(description))
                """)
        }
        try item(text(255), text(255), text(10_000))
        #expect(throws: DatabaseError.self) { try item(text(256), "L", "x") }
        #expect(throws: DatabaseError.self) { try item("P", text(256), "x") }
        #expect(throws: DatabaseError.self) { try item("P", "L", text(10_001)) }
        let book = { (version: String, by: String, isActive: Int) throws in
            try database.run(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\(version), '2026-11-01 00:00:00.000', \(by), \(isActive))
                """)
        }
        try book(text(30), text(100), 0)
        #expect(throws: DatabaseError.self) { try book(text(31), "x", 0) }
        #expect(throws: DatabaseError.self) { try book("x", text(101), 0) }
        // A second active book, and a version that exists, are refused by the database itself.
        #expect(throws: DatabaseError.self) { try book("y", "x", 1) }
        #expect(throws: DatabaseError.self) { try book("PNBOOK-2026-11-20-001", "x", 0) }
    }
}
