import Chronology
import Database
import ErrorModel
import MigrationScripts
import Migrations
import TestSupport
import Testing

/// What the runner finds out although everything was as needed when it looked first.
@Suite("Migrations and what others do meanwhile")
struct MigrationSafetyTests {
    private static func migrations(_ engine: TestEngine) -> [Migration] {
        MigrationScripts.all.map {
            Migration(number: $0.number, name: $0.name, text: engine == .sqlite ? $0.sqlite : $0.mariadb)
        }
    }

    /// A database at the baseline.
    private struct Bench {
        let database: TestDatabase
        let connection: any Connection
    }

    private static func baseline(_ engine: TestEngine) throws -> Bench {
        let database = try TestDatabase(engine)
        let connection = try database.connect(migrating: true)
        try connection.execute(
            """
            CREATE TABLE lot_partnumbers (vendor VARCHAR(255) NOT NULL, partnumber VARCHAR(255) NOT NULL,
                lot_name VARCHAR(255) NULL, description VARCHAR(1000) NULL, PRIMARY KEY (vendor, partnumber))
            """)
        return Bench(database: database, connection: connection)
    }

    private static func runner(
        _ connection: any Connection, _ migrations: [Migration],
        clock: @escaping () -> Instant = { Instant(milliseconds: 0) }
    ) -> MigrationRunner {
        MigrationRunner(connection, migrations: migrations, ownTables: [], clock: clock, who: "manual:ann")
    }

    @Test("A column that comes in another type before its step is not taken for done", arguments: TestEngine.allCases)
    func before(engine: TestEngine) throws {
        let bench = try Self.baseline(engine)
        let connection = bench.connection
        let other = try bench.database.connect()
        let runner = Self.runner(connection, Self.migrations(engine))
        let error = #expect(throws: SchemaError.self) {
            try runner.up { _, _, migration in
                guard migration.number == 28 else { return }
                try other.execute("ALTER TABLE qt_partnumber_book_items ADD COLUMN description INT NULL")
            }
        }
        guard case .differentMeanwhile(let difference) = error else {
            Issue.record("\(error.map { "\($0)" } ?? "no error")")
            return
        }
        #expect(difference.object == "qt_partnumber_book_items.description")
        let finished = try connection.rows(
            "SELECT number FROM pnbook_schema_history WHERE finished_at IS NOT NULL ORDER BY number"
        ) { $0.integer(0) }
        #expect(finished == [26, 27])
    }

    @Test("A column that nobody can write, because it is computed, is not adopted", arguments: TestEngine.allCases)
    func computed(engine: TestEngine) throws {
        let bench = try Self.baseline(engine)
        let connection = bench.connection
        let (key, options) =
            engine == .sqlite
            ? ("INTEGER PRIMARY KEY", "") : ("BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY", "CHARSET utf8mb4")
        try connection.execute(
            """
            CREATE TABLE qt_partnumber_books (id \(raw: key), version VARCHAR(30), created_at DATETIME(3),
                created_by VARCHAR(100), flag INTEGER, is_active INTEGER GENERATED ALWAYS AS (flag) VIRTUAL)
                \(raw: options)
            """)
        let error = #expect(throws: SchemaError.self) {
            try Self.runner(connection, Self.migrations(engine)).up { _, _, _ in }
        }
        #expect(error.map { "\($0)" }?.hasPrefix("qt_partnumber_books.is_active is computed") == true)
        #expect(try connection.columns(of: "qt_partnumber_book_items") == nil)
    }

    @Test("What has gone again by the end is told of", arguments: TestEngine.allCases)
    func after(engine: TestEngine) throws {
        let bench = try Self.baseline(engine)
        let connection = bench.connection
        var looks = 0
        // Asked at the beginning and at the end of each migration: the sixth time, all three have run.
        let runner = Self.runner(connection, Self.migrations(engine)) {
            looks += 1
            if looks == 6 { _ = try? connection.execute("ALTER TABLE lot_partnumbers DROP COLUMN is_primary_pn") }
            return Instant(milliseconds: 0)
        }
        #expect(throws: SchemaError.pending([26])) { try runner.up { _, _, _ in } }
        #expect(looks == 6)
    }

    @Test("A statement that runs and makes nothing is not taken for done", arguments: TestEngine.allCases)
    func withoutEffect(engine: TestEngine) throws {
        let bench = try Self.baseline(engine)
        let connection = bench.connection
        let idle = Migration(number: 26, name: "idle", text: "-- step: lot_partnumbers.is_primary_pn\nSELECT 1;\n")
        #expect(throws: SchemaError.withoutEffect(object: "lot_partnumbers.is_primary_pn")) {
            try Self.runner(connection, [idle]).up { _, _, _ in }
        }
    }

    @Test("Items without a book are found when SQLite's table of books is made anew")
    func foreignKeys() throws {
        let bench = try Self.baseline(.sqlite)
        let connection = bench.connection
        let all = Self.migrations(.sqlite)
        _ = try Self.runner(connection, Array(all.prefix(1))).up { _, _, _ in }
        // As another program may have made it; ours has no foreign key.
        try connection.execute("DROP TABLE qt_partnumber_book_items")
        try connection.execute(
            """
            CREATE TABLE qt_partnumber_book_items (id INTEGER PRIMARY KEY,
                book_id INTEGER NOT NULL REFERENCES qt_partnumber_books (id), partnumber VARCHAR(255) NOT NULL,
                lot_name VARCHAR(255) NOT NULL, is_primary_pn TINYINT(1) NOT NULL DEFAULT 1)
            """)
        try connection.execute(
            "INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name) VALUES (4711, 'P', 'L')")
        let error = #expect(throws: SchemaError.self) { try Self.runner(connection, all).up { _, _, _ in } }
        guard case .differentMeanwhile(let difference) = error else {
            Issue.record("\(error.map { "\($0)" } ?? "no error")")
            return
        }
        #expect(difference.object == "qt_partnumber_book_items")
        #expect(difference.message.string.contains("refer to books that are not there"))
        // Nothing of 027 has been kept.
        #expect(try connection.count("SELECT COUNT(*) FROM pnbook_schema_history") == 1)
    }

    @Test("Line ends of any kind make no other text")
    func lineEnds() {
        let text = "-- a\n-- step: qt_partnumber_books.version\nALTER TABLE x;\n"
        let plain = Migration(number: 27, name: "x", text: text)
        for end in ["\r", "\r\n"] {
            let other = Migration(
                number: 27, name: "x", text: text.split(separator: "\n").map { $0 + end }.joined())
            #expect(other.checksum == plain.checksum)
            #expect(other.steps.map(\.statements) == [["ALTER TABLE x"]])
        }
    }
}
