import Database
import Harness
import TestSupport
import Testing

/// Bad input: `pnbook_schema_history` was edited, is another program's, or tells of an interrupted run.
@Suite("Bad input: migration history")
struct MigrationHistoryTests {
    private static let verbs = [
        ["create", "--migrate"], ["migrate", "up"], ["migrate", "status"], ["migrate", "plan"], ["prune", "--dry-run"],
        ["create", "--dry-run"],
    ]

    private static func expectRefused(_ database: TestDatabase, _ words: String...) throws {
        for verb in verbs {
            let result = try database.expectUntouched { try database.pnbook(verb) }
            result.expectRefusal(13, saying: words)
        }
    }

    @Test("An edited checksum exits 13 with the migration's number", arguments: TestEngine.allCases, [26, 27, 28])
    func editedChecksum(engine: TestEngine, number: Int) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let checksum = String(repeating: "0", count: 64)
        try database.run("UPDATE pnbook_schema_history SET checksum = \(checksum) WHERE number = \(number)")
        try Self.expectRefused(
            database, "migration 0\(number) is recorded with another checksum", "pnbook_schema_history")
    }

    @Test("An unknown migration exits 13 with its number and name", arguments: TestEngine.allCases)
    func unknownMigration(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.run(
            """
            INSERT INTO pnbook_schema_history (number, name, checksum, manner, started_at, finished_at, applied_by)
            VALUES (31, 'from_tomorrow', 'x', 'applied', '2026-11-20 03:00:00', '2026-11-20 03:00:00', 'ann')
            """)
        try Self.expectRefused(database, "records migration 031 from_tomorrow", "Use a newer pnbook")
    }

    @Test("A gap in the history exits 13 with both numbers", arguments: TestEngine.allCases)
    func gap(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.run("DELETE FROM pnbook_schema_history WHERE number = 27")
        try Self.expectRefused(database, "records migration 028 but not 027", "backup")
    }

    @Test("A half-applied migration exits 12 until migrate up heals it", arguments: TestEngine.allCases, [26, 27, 28])
    func halfApplied(engine: TestEngine, number: Int) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.run("UPDATE pnbook_schema_history SET finished_at = NULL WHERE number = \(number)")
        let status = try database.expectUntouched { try database.pnbook("migrate", "status") }
        #expect(status.code == 12)
        #expect(status.stdout.contains("half applied"))
        let create = try database.expectUntouched { try database.pnbook("create") }
        create.expectRefusal(12, saying: "migration 0\(number) is half applied", "pnbook migrate up")
        let prune = try database.expectUntouched { try database.pnbook("prune") }
        prune.expectRefusal(12, saying: "migration 0\(number) is half applied")
        try database.succeed("migrate", "up")
        #expect(try database.pnbook("migrate", "status").code == 0)
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        #expect(try database.books() == ["PNBOOK-2026-11-21-001*", "PNBOOK-2026-11-20-001"])
    }

    @Test("A migration interrupted between its steps is finished by the next run", arguments: TestEngine.allCases)
    func interruptedBetweenSteps(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        let migrated = try database.contents()
        try database.run(
            "DROP TABLE qt_partnumber_book_items",
            "DELETE FROM pnbook_schema_history WHERE number > 26",
            "UPDATE pnbook_schema_history SET finished_at = NULL WHERE number = 26")
        try database.pnbook("create").expectRefusal(12, saying: "migration 026 is half applied")
        let plan = try database.succeed("migrate", "plan").stdout
        #expect(plan.contains("026 qt_partnumber_books: exists already"))
        #expect(plan.contains("026 qt_partnumber_book_items: to be created"))
        try database.succeed("create", "--migrate")
        let healed = try database.contents()
        for table in ["qt_partnumber_books", "qt_partnumber_book_items", "lot_partnumbers"] {
            #expect(healed.creation(of: table) == migrated.creation(of: table))
        }
    }
}
