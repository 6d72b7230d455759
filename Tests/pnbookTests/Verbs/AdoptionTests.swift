import Database
import Foundation
import Harness
import TestSupport
import Testing

/// A database where PriceForge has applied 026–028 itself is adopted, not changed (<doc:Tables#Adopted-tables>).
@Suite("Adoption of PriceForge's own tables")
struct AdoptionTests {
    private static let tables = ["lot_partnumbers", "qt_partnumber_books", "qt_partnumber_book_items"]

    /// PriceForge's tables in its own shape: surrogate keys, secondary indexes, `utf8mb4_general_ci`.
    private static func mariadbTables() -> [SQL] {
        [
            "ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn TINYINT(1) NOT NULL DEFAULT 1",
            """
            CREATE TABLE qt_partnumber_books (
                id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, version VARCHAR(30) NOT NULL,
                created_at DATETIME(3) NULL, created_by VARCHAR(100) NULL, is_active TINYINT(1) NOT NULL DEFAULT 1,
                UNIQUE KEY idx_version (version), KEY idx_active (is_active)
            ) DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci
            """,
            """
            CREATE TABLE qt_partnumber_book_items (
                id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, book_id BIGINT UNSIGNED NOT NULL,
                partnumber VARCHAR(255) NOT NULL, lot_name VARCHAR(255) NOT NULL,
                is_primary_pn TINYINT(1) NOT NULL DEFAULT 1, description VARCHAR(10000) NULL,
                KEY idx_book (book_id), KEY idx_partnumber (partnumber)
            ) DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci
            """,
        ]
    }

    private static func sqliteTables() -> [SQL] {
        [
            "ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn BOOLEAN INTEGER NOT NULL DEFAULT 1",
            """
            CREATE TABLE qt_partnumber_books (
                id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL UNIQUE, created_at DATETIME,
                created_by TEXT, is_active INTEGER NOT NULL DEFAULT 1)
            """,
            """
            CREATE TABLE qt_partnumber_book_items (
                id INTEGER PRIMARY KEY AUTOINCREMENT, book_id INTEGER NOT NULL, partnumber TEXT NOT NULL COLLATE NOCASE,
                lot_name TEXT NOT NULL COLLATE NOCASE, is_primary_pn INTEGER NOT NULL DEFAULT 1, description TEXT)
            """,
            "CREATE INDEX idx_partnumber ON qt_partnumber_book_items (partnumber)",
        ]
    }

    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        for statement in engine == .sqlite ? sqliteTables() : mariadbTables() { try database.run(statement) }
        return database
    }

    @Test("up records the three migrations and leaves the tables as they are", arguments: TestEngine.allCases)
    func adopted(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let before = try database.contents()
        #expect(try database.pnbook("create").code == 10)
        let plan = try database.expectUntouched { try database.succeed("migrate", "plan").stdout }
        #expect(plan.components(separatedBy: "exists already and is only recorded").count == 6)
        #expect(!plan.contains("ALTER TABLE"))
        let lines = try database.succeed("migrate", "up").stdout.split(separator: "\n")
        #expect(
            lines == [
                "026 partnumber_books: adopted", "027 widen_book_version: adopted", "028 item_description: adopted",
            ])
        let after = try database.contents()
        for table in Self.tables {
            #expect(after.creation(of: table) == before.creation(of: table))
            #expect(after.rows(of: table) == before.rows(of: table))
            #expect(before.creation(of: table).isEmpty == false)
        }
        let status = try database.succeed("migrate", "status", "--json").json
        #expect(status["migrations"]?.elements?.map { $0["state"] } == ["adopted", "adopted", "adopted"])
    }

    @Test("create works on adopted tables and makes the same book, night after night", arguments: TestEngine.allCases)
    func sameBook(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let before = try database.contents()
        let digest = try Catalogues.expectation(of: Catalogues.servers)["digest"]
        for day in 1...9 {
            let document = try database.succeed(
                "create", "--migrate", "--json", "--now", "2026-11-0\(day)T03:00:00Z"
            ).json
            #expect(document["book"]?["digest"] == digest)
            #expect(document["book"]?["items"] == 546)
            #expect(document["book"]?["partnumbers"] == 365)
        }
        // Seven daily; the first two days are the only ones of their week.
        #expect(
            try database.books() == [
                "PNBOOK-2026-11-09-001*", "PNBOOK-2026-11-08-001", "PNBOOK-2026-11-07-001", "PNBOOK-2026-11-06-001",
                "PNBOOK-2026-11-05-001", "PNBOOK-2026-11-04-001", "PNBOOK-2026-11-03-001", "PNBOOK-2026-11-01-001",
            ])
        let shown = try database.succeed("show", "active", "--json").json
        #expect(shown["digest"] == digest)
        #expect(shown["recorded_digest"] == digest)
        #expect(try database.orphans() == "0")
        let after = try database.contents()
        for table in Self.tables { #expect(after.creation(of: table) == before.creation(of: table)) }
    }

    @Test("Books that PriceForge made stay, are listed and take part in retention", arguments: TestEngine.allCases)
    func foreignBooks(engine: TestEngine) throws {
        let database = try Self.database(engine)
        try database.insertBook(version: "PNBOOK-2026-11-01-001", createdAt: "2026-11-01 03:00:00.000", items: 3)
        try database.insertBook(version: "PNBOOK-2026-11-20-007", createdAt: "2026-11-20 03:00:00.000", items: 4)
        try database.run("UPDATE qt_partnumber_books SET is_active = 1 WHERE version = 'PNBOOK-2026-11-20-007'")
        let document = try database.succeed("create", "--migrate", "--json", "--now", "2026-11-20T05:00:00Z").json
        #expect(document["book"]?["version"] == "PNBOOK-2026-11-20-008")
        // It was active until now, so it is the previous one.
        #expect(document["retention"]?["removed"] == [])
        #expect(
            try database.books() == ["PNBOOK-2026-11-20-008*", "PNBOOK-2026-11-20-007", "PNBOOK-2026-11-01-001"])
        let shown = try database.succeed("show", "PNBOOK-2026-11-01-001", "--json").json
        #expect(shown["items"] == 3)
        #expect(shown["recorded_digest"] == .null)
        #expect(shown["task_id"] == .null)
        #expect(try database.orphans() == "0")
    }

    @Test("Several active books of PriceForge's become one", arguments: TestEngine.allCases)
    func severalActive(engine: TestEngine) throws {
        let database = try Self.database(engine)
        for day in 1...3 {
            try database.insertBook(version: "PNBOOK-2026-11-0\(day)-001", createdAt: "2026-11-0\(day) 03:00:00.000")
        }
        try database.run("UPDATE qt_partnumber_books SET is_active = 1")
        try database.succeed("create", "--migrate", "--now", "2026-11-20T05:00:00Z")
        #expect(try database.books().filter { $0.hasSuffix("*") } == ["PNBOOK-2026-11-20-001*"])
    }

    @Test("A created_at without milliseconds is not adopted: books would have the same time")
    func withoutMilliseconds() throws {
        let database = try Self.database(.mariadb)
        for type in ["DATETIME", "DATETIME(2)", "TIMESTAMP"] {
            try database.run("ALTER TABLE qt_partnumber_books MODIFY created_at \(raw: type) NULL")
            let result = try database.expectNoChange { try database.pnbook("migrate", "up") }
            result.expectRefusal(
                13, saying: "qt_partnumber_books.created_at is \(type.lowercased())",
                "a date and time with milliseconds")
        }
        try database.run("ALTER TABLE qt_partnumber_books MODIFY created_at TIMESTAMP(6) NULL")
        try database.succeed("migrate", "up")
    }

    @Test("Adopted in part: what is missing is made", arguments: TestEngine.allCases)
    func partly(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        let statements = engine == .sqlite ? Self.sqliteTables() : Self.mariadbTables()
        for statement in statements.prefix(2) { try database.run(statement) }
        let lines = try database.succeed("migrate", "up").stdout.split(separator: "\n")
        #expect(
            lines == [
                "026 partnumber_books: applied", "027 widen_book_version: adopted", "028 item_description: applied",
            ])
        #expect(
            try database.succeed("create", "--json").json["book"]?["digest"]
                == (try Catalogues.expectation(of: Catalogues.servers)["digest"]))
    }
}
