import Database
import Harness
import TestSupport
import Testing

/// What other programs may have made differently and is served all the same.
@Suite("Adopted tables that are served as they are")
struct ServedTablesTests {
    private static let digest: JSON = "sha256:4f163034794670eafad624651ac617781b35971e1561b520a6a212ca38e48a40"

    /// A book, then another of the next day and one of the same: inserted, switched and removed, and nothing altered.
    private static func expectServed(
        _ database: TestDatabase, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try database.contents()
        #expect(try database.succeed("migrate", "plan").stdout.contains("ALTER TABLE") == false, "\(name)")
        for time in ["2026-11-19T03:00:00Z", "2026-11-20T03:00:00Z", "2026-11-20T05:00:00Z"] {
            let result = try database.pnbook("create", "--migrate", "--json", "--now", time)
            try #require(result.code == 0, "\(name): \(result.stderr)", sourceLocation: sourceLocation)
            #expect(try result.json["book"]?["digest"] == digest, "\(name)", sourceLocation: sourceLocation)
        }
        #expect(
            try database.books() == ["PNBOOK-2026-11-20-002*", "PNBOOK-2026-11-20-001", "PNBOOK-2026-11-19-001"],
            "\(name)",
            sourceLocation: sourceLocation)
        let verified = try database.pnbook("verify", "--against-catalogue")
        #expect(verified.code == 0, "\(name): \(verified.stdout)", sourceLocation: sourceLocation)
        let doctor = try database.pnbook("doctor")
        #expect(doctor.code == 0, "\(name): \(doctor.stdout)", sourceLocation: sourceLocation)
        let after = try database.contents()
        for table in ["lot_partnumbers", "qt_partnumber_books", "qt_partnumber_book_items"] {
            #expect(
                after.creation(of: table) == before.creation(of: table), "\(name)", sourceLocation: sourceLocation)
        }
    }

    @Test("Other whole numbers and booleans, and a nullable flag", arguments: TestEngine.allCases)
    func flags(engine: TestEngine) throws {
        let types =
            engine == .sqlite
            ? ["INTEGER", "numeric", "boolean", "BOOL NULL", "TINYINT", "BIGINT NULL DEFAULT 0", "DECIMAL(1,0)"]
            : ["INT NOT NULL DEFAULT 0", "BOOLEAN NULL", "BIT(1) NOT NULL", "SMALLINT UNSIGNED NULL", "BIGINT NULL"]
        for type in types {
            let database = try AdoptedTables.database(engine) {
                $0.isActive = type
                $0.isPrimary = type.contains("BIT") ? "BIT(1) NOT NULL" : type
            }
            try Self.expectServed(database, type)
        }
    }

    @Test("A source's own flag may be spelled in words", arguments: TestEngine.allCases)
    func spelledFlag(engine: TestEngine) throws {
        let types =
            engine == .sqlite ? ["VARCHAR(5) DEFAULT 'yes'"] : ["ENUM('N','Y') DEFAULT 'Y'", "CHAR(5) DEFAULT 'True'"]
        for type in types { try Self.expectServed(try AdoptedTables.database(engine) { $0.flag = type }, type) }
    }

    @Test("Dates of other types, longer texts, either type of description", arguments: TestEngine.allCases)
    func types(engine: TestEngine) throws {
        let dates =
            engine == .sqlite
            ? ["timestamp", "text", "date", "DATETIME(6) NOT NULL"]
            : [
                "DATETIME(6) NOT NULL", "TIMESTAMP(3) NULL", "TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)",
                "DATETIME(4) NULL DEFAULT CURRENT_TIMESTAMP(4)",
            ]
        for type in dates { try Self.expectServed(try AdoptedTables.database(engine) { $0.createdAt = type }, type) }
        let descriptions =
            engine == .sqlite ? ["clob", "VARCHAR(20000)"] : ["TEXT", "LONGTEXT NULL", "VARCHAR(12000)"]
        for type in descriptions {
            let database = try AdoptedTables.database(engine) {
                $0.description = type
                $0.version = engine == .sqlite ? "VARCHAR(64) NOT NULL UNIQUE" : "VARCHAR(64) NOT NULL UNIQUE"
                $0.partnumber = "VARCHAR(300) NOT NULL"
            }
            try Self.expectServed(database, type)
        }
    }

    @Test("Further columns that take care of themselves", arguments: TestEngine.allCases)
    func furtherColumns(engine: TestEngine) throws {
        let further =
            engine == .sqlite
            ? [", note text", ", updated_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP", ", deleted_at datetime"]
            : [
                ", note TEXT", ", updated_at DATETIME(3) NOT NULL DEFAULT NOW(3) ON UPDATE NOW(3)",
                ", hidden INT NOT NULL DEFAULT 7 INVISIBLE", ", twice INT AS (1 + 1) STORED",
                ", KEY idx_more (version)",
            ]
        for text in further {
            let database = try AdoptedTables.database(engine) {
                $0.furtherOfBooks = text
                $0.furtherOfItems = text.contains("KEY") ? "" : text
            }
            try Self.expectServed(database, text)
        }
    }

    @Test(
        "A source that is a view with the column is served, and one whose table is STRICT",
        arguments: TestEngine.allCases)
    func sources(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        try database.run(
            "ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn INTEGER NOT NULL DEFAULT 1",
            "ALTER TABLE lot_partnumbers RENAME TO mappings_below",
            "CREATE VIEW lot_partnumbers AS SELECT * FROM mappings_below")
        #expect(try database.succeed("create", "--migrate", "--json").json["book"]?["digest"] == Self.digest)
        guard engine == .sqlite else { return }
        let strict = try TestDatabase(engine)
        try strict.run(
            """
            CREATE TABLE lot_partnumbers (vendor TEXT NOT NULL DEFAULT '', partnumber TEXT NOT NULL, lot_name TEXT,
                description TEXT, PRIMARY KEY (vendor, partnumber)) STRICT
            """,
            "CREATE TABLE qt_lot_bundles (bundle_lot_name TEXT PRIMARY KEY) STRICT",
            "CREATE TABLE qt_lot_bundle_items (bundle_lot_name TEXT, lot_name TEXT, qty INT) STRICT",
            "CREATE TABLE qt_vendor_partnumber_seen (partnumber TEXT PRIMARY KEY, is_ignored INT NOT NULL) STRICT",
            "INSERT INTO lot_partnumbers (partnumber, lot_name) VALUES ('PN-1', 'LOT-1')")
        #expect(try strict.succeed("create", "--migrate", "--json").json["book"]?["items"] == 1)
    }

    @Test("A flag that is NULL is not active: such a book is retired like any other", arguments: TestEngine.allCases)
    func nullFlag(engine: TestEngine) throws {
        let database = try AdoptedTables.database(engine) {
            $0.isActive = engine == .sqlite ? "boolean" : "TINYINT(1) NULL"
        }
        for hour in [3, 4] {
            try database.insertBook(version: "PNBOOK-2026-09-28-00\(hour)", createdAt: "2026-09-28 0\(hour):00:00.000")
        }
        try database.run("UPDATE qt_partnumber_books SET is_active = NULL")
        try database.succeed("create", "--migrate", "--now", "2026-10-01T03:00:00Z")
        #expect(try database.books() == ["PNBOOK-2026-10-01-001*", "PNBOOK-2026-09-28-004"])
        #expect(try database.orphans() == "0")
    }

    @Test("A description that another program has turned back is served, and doctor names the gain where there is one")
    func turnedBack() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        let type = { try database.rows("SHOW COLUMNS FROM qt_partnumber_book_items LIKE 'description'").first?[1] }
        #expect(try type() == "text")
        try database.run("ALTER TABLE qt_partnumber_book_items MODIFY COLUMN description VARCHAR(10000) NULL")
        #expect(try database.succeed("migrate", "status").code == 0)
        #expect(try database.succeed("migrate", "up").stdout.hasSuffix("Nothing was pending.\n"))
        try database.succeed("create")
        #expect(try type() == "varchar(10000)")
        let findings = try database.succeed("doctor", "--json").json["findings"]?.elements ?? []
        let readers = findings.first { $0["topic"] == "readers" }
        // Up to 10.11 the server counts a row by what is in it.
        let line = try database.rows("SELECT VERSION()").first?.first?.prefix { $0 != "." }
        guard line != "10" else {
            #expect(readers == nil)
            return
        }
        let remedy = try #require(readers?["fix"]?.string?.split(separator: ";").first)
        try database.run(SQL(raw: String(remedy)))
        #expect(try type() == "text")
        let after = try database.succeed("doctor", "--json").json["findings"]?.elements ?? []
        #expect(!after.contains { $0["topic"] == "readers" })
    }
}
