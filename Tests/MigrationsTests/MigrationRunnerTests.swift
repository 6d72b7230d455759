import Chronology
import Database
import Foundation
import MigrationScripts
import Migrations
import TestSupport
import Testing

/// A database at the baseline, and a runner on it.
private struct Bench {
    let database: TestDatabase
    let connection: any Connection
    let runner: MigrationRunner

    init(_ engine: TestEngine, baseline: Bool = true, migrations: [Migration]? = nil) throws {
        database = try TestDatabase(engine)
        connection = try database.connect(migrating: true)
        if baseline {
            try connection.execute(
                "CREATE TABLE lot_partnumbers (vendor VARCHAR(255) NOT NULL, partnumber VARCHAR(255) NOT NULL, "
                    + "lot_name VARCHAR(255) NULL, description VARCHAR(1000) NULL, PRIMARY KEY (vendor, partnumber))")
        }
        runner = MigrationRunner(
            connection, migrations: migrations ?? Self.migrations(connection.engine), ownTables: [],
            clock: { Instant(milliseconds: 1_800_000_000_000) }, who: "manual:ann")
    }

    static func migrations(_ engine: Engine) -> [Migration] {
        MigrationScripts.all.map {
            Migration(number: $0.number, name: $0.name, text: engine == .sqlite ? $0.sqlite : $0.mariadb)
        }
    }

    func up() throws -> [HistoryEntry] { try runner.up { _, _, _ in } }

    /// All tables' definitions, as the engine tells them.
    func schema() throws -> [String] {
        switch connection.engine {
        case .sqlite:
            return try connection.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name") {
                $0.text(0) ?? ""
            }
        case .mariadb:
            let tables = try connection.rows("SHOW TABLES") { $0.text(0) ?? "" }
            return try tables.map { table in
                try connection.first("SHOW CREATE TABLE \(identifier: table)") { $0.text(1) ?? "" } ?? ""
            }
        }
    }
}

extension SQL {
    fileprivate static func + (left: SQL, right: String) -> SQL { SQL(raw: left.text + right) }
}

@Suite("The migration runner")
struct MigrationRunnerTests {
    @Test("From the baseline to 028, with a history; running it again does nothing", arguments: TestEngine.allCases)
    func up(engine: TestEngine) throws {
        let bench = try Bench(engine)
        #expect(try bench.runner.status().pending == [26, 27, 28])
        #expect(throws: SchemaError.pending([26, 27, 28])) { try bench.runner.requireComplete() }
        let entries = try bench.up()
        #expect(entries.map(\.number) == [26, 27, 28])
        #expect(entries.map(\.method) == [.applied, .applied, .applied])
        #expect(entries.map(\.appliedBy) == ["manual:ann", "manual:ann", "manual:ann"])
        #expect(entries.compactMap(\.finishedAt?.iso8601).count == 3)
        try bench.runner.requireComplete()
        let schema = try bench.schema()
        #expect(try bench.up().isEmpty)
        #expect(try bench.schema() == schema)
        #expect(try bench.runner.status().plan { _ in "" }.isEmpty)
    }

    @Test("A status and a plan change nothing", arguments: TestEngine.allCases)
    func looking(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let before = try bench.schema()
        let plan = try bench.runner.status().plan { $0.statement(for: bench.connection.engine) }
        #expect(plan.first?.object == "pnbook_schema_history")
        #expect(plan.compactMap(\.number) == [26, 26, 26, 27, 28] + (engine == .mariadb ? [28] : []))
        #expect(plan.allSatisfy { !$0.statements.isEmpty })
        #expect(try bench.schema() == before)
    }

    @Test("A version has at most 20 characters after 026 and at most 30 after 027", arguments: TestEngine.allCases)
    func lengths(engine: TestEngine) throws {
        let all = Bench.migrations(engine == .sqlite ? .sqlite : .mariadb)
        let bench = try Bench(engine, migrations: Array(all.prefix(1)))
        _ = try bench.up()
        let insert = { (version: String) in
            _ = try bench.connection.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\(version), '2026-11-20 03:00:00.000', 'x', 0)
                """)
        }
        try insert(String(repeating: "v", count: 20))
        #expect(throws: DatabaseError.self) { try insert(String(repeating: "w", count: 21)) }
        try bench.connection.execute("DELETE FROM qt_partnumber_books")
        try insert("kept")
        let next = MigrationRunner(
            bench.connection, migrations: all, ownTables: [], clock: { Instant(milliseconds: 0) }, who: "manual:ann")
        _ = try next.up { _, _, _ in }
        try insert(String(repeating: "v", count: 30))
        #expect(throws: DatabaseError.self) { try insert(String(repeating: "w", count: 31)) }
        // The row of before is there, and ids go on after the highest ever given.
        let ids = try bench.connection.rows("SELECT id FROM qt_partnumber_books ORDER BY id") { $0.integer(0) ?? 0 }
        #expect(ids.count == 2)
        #expect((ids.first ?? 0) >= 2)
    }

    @Test("Both engines refuse the same rows of items", arguments: TestEngine.allCases)
    func itemLimits(engine: TestEngine) throws {
        let bench = try Bench(engine)
        _ = try bench.up()
        try bench.connection.execute(
            """
            INSERT INTO qt_partnumber_books (id, version, created_at, created_by, is_active)
            VALUES (1, 'v', '2026-11-20 03:00:00.000', 'x', 0)
            """)
        let insert = { (partnumber: String?, lot: String?, description: String?) in
            _ = try bench.connection.execute(
                """
                INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)
                VALUES (1, \(partnumber), \(lot), 1, \(description))
                """)
        }
        try insert(
            String(repeating: "😀", count: 255), String(repeating: "ж", count: 255),
            String(repeating: "ж", count: 10_000))
        try insert("abc", "L", nil)
        try insert("ABC", "L", "")
        try insert("abc ", "L", nil)
        #expect(throws: DatabaseError.self) { try insert("abc", "L", nil) }
        #expect(throws: DatabaseError.self) { try insert(String(repeating: "x", count: 256), "L", nil) }
        #expect(throws: DatabaseError.self) { try insert("x", String(repeating: "x", count: 256), nil) }
        #expect(throws: DatabaseError.self) { try insert("x", "L", String(repeating: "x", count: 10_001)) }
        #expect(throws: DatabaseError.self) { try insert(nil, "L", nil) }
        #expect(throws: DatabaseError.self) { try insert("x", nil, nil) }
        #expect(try bench.connection.count("SELECT COUNT(*) FROM qt_partnumber_book_items") == 4)
    }

    @Test("An id is never used twice, also after the newest book is gone", arguments: TestEngine.allCases)
    func ids(engine: TestEngine) throws {
        let bench = try Bench(engine)
        _ = try bench.up()
        var seen: [Int64] = []
        for round in 0..<3 {
            try bench.connection.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\("v\(round)"), '2026-11-20 03:00:00.000', 'x', 0)
                """)
            seen.append(bench.connection.lastInsertedID)
            try bench.connection.execute("DELETE FROM qt_partnumber_books")
        }
        #expect(seen == seen.sorted() && Set(seen).count == 3)
    }

    @Test("What stands already is adopted, not changed", arguments: TestEngine.allCases)
    func adopted(engine: TestEngine) throws {
        let bench = try Bench(engine)
        _ = try bench.up()
        try bench.connection.execute("DROP TABLE pnbook_schema_history")
        let before = try bench.schema()
        let status = try bench.runner.status()
        #expect(status.pending == [26, 27, 28])
        #expect(status.plan { _ in "" }.filter { $0.number != nil }.allSatisfy { $0.statements.isEmpty })
        #expect(try bench.up().map(\.method) == [.adopted, .adopted, .adopted])
        #expect(try bench.schema().filter { !$0.contains("pnbook_schema_history") } == before)
    }

    @Test("A half-done migration is finished by the next run", arguments: TestEngine.allCases)
    func healed(engine: TestEngine) throws {
        let bench = try Bench(engine)
        try bench.connection.execute(
            "ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn TINYINT(1) NOT NULL DEFAULT 1")
        let entries = try bench.up()
        #expect(entries.map(\.method) == [.applied, .applied, .applied])
        try bench.connection.execute("UPDATE pnbook_schema_history SET finished_at = NULL WHERE number = 28")
        #expect(throws: SchemaError.halfApplied(28)) { try bench.runner.requireComplete() }
        #expect(try bench.up().map(\.number) == [28])
        try bench.runner.requireComplete()
    }

    @Test("A needed column of another type is never taken for done", arguments: TestEngine.allCases)
    func different(engine: TestEngine) throws {
        let bench = try Bench(engine)
        try bench.connection.execute("ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn BLOB NULL")
        let before = try bench.schema()
        let error = #expect(throws: SchemaError.self) { try bench.up() }
        #expect(error.map { "\($0)" }?.contains("lot_partnumbers.is_primary_pn is blob") == true)
        #expect(try bench.schema() == before)
    }

    @Test("A description too short or NOT NULL is refused, not widened", arguments: TestEngine.allCases)
    func shortDescription(engine: TestEngine) throws {
        for column in ["VARCHAR(255) NULL", "VARCHAR(10000) NOT NULL DEFAULT ''", "INT NULL"] {
            let all = Bench.migrations(engine == .sqlite ? .sqlite : .mariadb)
            let bench = try Bench(engine, migrations: Array(all.prefix(2)))
            _ = try bench.up()
            try bench.connection.execute("ALTER TABLE qt_partnumber_book_items ADD COLUMN description \(raw: column)")
            let runner = MigrationRunner(
                bench.connection, migrations: all, ownTables: [], clock: { Instant(milliseconds: 0) }, who: "manual:ann"
            )
            let error = #expect(throws: SchemaError.self) { try runner.up { _, _, _ in } }
            #expect(error.map { "\($0)" }?.contains("qt_partnumber_book_items.description") == true)
        }
    }

    @Test("A schema beyond 028 is refused by name, before anything is written", arguments: TestEngine.allCases)
    func beyond(engine: TestEngine) throws {
        for (table, column) in [("qt_partnumber_book_items", "lots_json"), ("qt_partnumber_books", "partnumbers_json")]
        {
            let bench = try Bench(engine)
            _ = try bench.up()
            try bench.connection.execute("ALTER TABLE \(identifier: table) ADD COLUMN \(identifier: column) TEXT NULL")
            for attempt in [{ _ = try bench.up() }, { try bench.runner.requireComplete() }] {
                #expect(throws: SchemaError.schemaTooNew(column: "\(table).\(column)")) { try attempt() }
            }
        }
    }

    @Test("An edited, unknown or gapped history is refused", arguments: TestEngine.allCases)
    func history(engine: TestEngine) throws {
        let bench = try Bench(engine)
        _ = try bench.up()
        try bench.connection.execute("UPDATE pnbook_schema_history SET checksum = 'x' WHERE number = 27")
        #expect(throws: SchemaError.edited(27)) { try bench.up() }
        #expect(throws: SchemaError.edited(27)) { try bench.runner.requireComplete() }
        try bench.connection.execute("DELETE FROM pnbook_schema_history WHERE number = 27")
        #expect(throws: SchemaError.gap(recorded: 28, missing: 27)) { try bench.up() }
        try bench.connection.execute("DELETE FROM pnbook_schema_history")
        _ = try bench.up()
        try bench.connection.execute(
            """
            INSERT INTO pnbook_schema_history (number, name, checksum, manner, started_at, applied_by)
            VALUES (31, 'later', 'x', 'applied', '2026-11-20 03:00:00.000', 'x')
            """)
        #expect(throws: SchemaError.unknown(31, name: "later")) { try bench.up() }
    }

    @Test("Without the baseline there is nothing to migrate", arguments: TestEngine.allCases)
    func noBaseline(engine: TestEngine) throws {
        let bench = try Bench(engine, baseline: false)
        #expect(throws: SchemaError.missingTable("lot_partnumbers")) { try bench.runner.status() }
        #expect(try bench.schema().isEmpty)
    }
}
