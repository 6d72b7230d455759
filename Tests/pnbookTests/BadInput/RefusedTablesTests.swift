import Database
import Harness
import TestSupport
import Testing

/// Tables that would change a book behind our back, or refuse it: named before anything is written, with what fixes them.
@Suite("Adopted tables that are refused")
struct RefusedTablesTests {
    struct Flaw: Sendable, CustomTestStringConvertible {
        let engine: TestEngine
        let statements: [String]
        let words: String
        /// Whether the printed statement can be run as it is.
        var isFixable = true

        var testDescription: String { "\(engine.rawValue): \(words)" }
    }

    private static let books = "qt_partnumber_books"
    private static let items = "qt_partnumber_book_items"

    static let flaws: [Flaw] = [
        Flaw(
            engine: .mariadb,
            statements: [
                "ALTER TABLE \(books) MODIFY created_at TIMESTAMP(3) NOT NULL DEFAULT NOW(3) ON UPDATE NOW(3)"
            ],
            words: "\(books).created_at changes by itself when a row does"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(books) MODIFY created_at DATETIME(6) NULL ON UPDATE NOW(6)"],
            words: "\(books).created_at changes by itself when a row does"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(books) MODIFY created_at DATETIME NULL"],
            words: "\(books).created_at is datetime, and needed is a date and time with milliseconds"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(books) ADD updated_at DATETIME(3) NOT NULL"],
            words: "\(books).updated_at is datetime(3) NOT NULL without a default"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(items) ADD qty INT NOT NULL"],
            words: "\(items).qty is int(11) NOT NULL without a default"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(books) MODIFY created_by VARCHAR(20)"],
            words: "\(books).created_by is varchar(20), and needed is a text of at least 100 characters"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(items) MODIFY partnumber VARCHAR(100) NOT NULL"],
            words: "\(items).partnumber is varchar(100) NOT NULL, and needed is a text of at least 255 characters"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(items) CONVERT TO CHARACTER SET utf8mb3"],
            words: "\(items).partnumber is in the character set utf8mb3"),
        Flaw(
            engine: .mariadb,
            statements: ["ALTER TABLE \(books) MODIFY version VARCHAR(30) CHARACTER SET latin1 NOT NULL"],
            words: "\(books).version is in the character set latin1"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(books) MODIFY id BIGINT UNSIGNED NOT NULL"],
            words: "\(books).id gives a new row no number by itself"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(items) ENGINE = MyISAM"],
            words: "\(items) is of the engine MyISAM, which knows no transactions"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(books) ENGINE = Aria"],
            words: "\(books) is of the engine Aria, which knows no transactions"),
        Flaw(
            engine: .mariadb,
            statements: ["CREATE TRIGGER redate BEFORE UPDATE ON \(books) FOR EACH ROW SET NEW.created_at = NOW(3)"],
            words: "the trigger redate on \(books)"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(items) ADD UNIQUE KEY one (book_id, partnumber)"],
            words: "the unique key one (book_id, partnumber) on \(items)"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE \(books) ADD UNIQUE KEY once (is_active)"],
            words: "the unique key once (is_active) on \(books)"),
        Flaw(
            engine: .mariadb, statements: ["ALTER TABLE qt_lot_bundles ENGINE = Aria"],
            words: "`qt_lot_bundles` is of the engine Aria"),
        Flaw(
            engine: .mariadb,
            statements: [
                "ALTER TABLE qt_vendor_partnumber_seen ENGINE = Aria",
                "RENAME TABLE qt_vendor_partnumber_seen TO below",
                "CREATE VIEW qt_vendor_partnumber_seen AS SELECT * FROM below",
            ],
            words: ".`below` is of the engine Aria"),
        Flaw(
            engine: .mariadb,
            statements: [
                """
                CREATE TABLE quotes (id INT PRIMARY KEY, book_id BIGINT UNSIGNED,
                    CONSTRAINT fk_quote FOREIGN KEY (book_id) REFERENCES \(books) (id) ON DELETE CASCADE)
                """
            ], words: "a foreign key of quotes on \(books) (ON DELETE CASCADE)"),
        Flaw(
            engine: .sqlite,
            statements: [
                "CREATE TABLE quotes (id INTEGER, book_id INTEGER REFERENCES \(books) (id) ON DELETE SET NULL)"
            ], words: "a foreign key of quotes on \(books) (ON DELETE SET NULL)", isFixable: false),
        Flaw(
            engine: .sqlite,
            statements: [
                "CREATE TRIGGER redate AFTER UPDATE ON \(books) BEGIN UPDATE \(books) SET created_at = 'x'; END"
            ], words: "the trigger redate on \(books)"),
        Flaw(
            engine: .sqlite, statements: ["CREATE UNIQUE INDEX one ON \(items) (book_id, partnumber)"],
            words: "the unique key one (book_id, partnumber) on \(items)"),
        Flaw(
            engine: .sqlite,
            statements: [
                "DROP TABLE \(items)",
                """
                CREATE TABLE \(items) (book_id integer, partnumber text, lot_name text, is_primary_pn integer, description text,
                    qty integer NOT NULL)
                """,
            ], words: "\(items).qty is integer NOT NULL without a default"),
        Flaw(
            engine: .sqlite,
            statements: [
                "DROP TABLE \(books)",
                """
                CREATE TABLE \(books) (id BIGINT PRIMARY KEY, version text, created_at datetime, created_by text,
                    is_active integer)
                """,
            ], words: "\(books).id gives a new row no number by itself", isFixable: false),
        Flaw(
            engine: .sqlite,
            statements: [
                "DROP TABLE \(books)",
                """
                CREATE TABLE \(books) (id INTEGER PRIMARY KEY, version text, created_at integer, created_by text,
                    is_active text)
                """,
            ], words: "\(books).created_at is integer, and needed is a date and time", isFixable: false),
    ]

    @Test(
        "It is found by plan, status, up, create and doctor alike, changes nothing, and what is printed fixes it",
        arguments: flaws)
    func refused(flaw: Flaw) throws {
        let database = try AdoptedTables.database(flaw.engine) { _ in }
        for statement in flaw.statements { try database.run(SQL(raw: statement)) }
        for verb in [["migrate", "plan"], ["create", "--migrate"], ["create", "--migrate", "--dry-run"]] {
            let result = try database.expectNoChange { try database.pnbook(verb) }
            #expect(result.code == 13, "\(verb): \(result.stderr)")
            #expect(result.stderr.contains(flaw.words), "\(verb): \(result.stderr)")
            #expect(result.stderr.contains("othing was changed"), "\(verb): \(result.stderr)")
        }
        let doctor = try database.pnbook("doctor")
        #expect(doctor.code == 13)
        #expect(doctor.stdout.contains(flaw.words), "\(doctor.stdout)")
        let plan = try database.pnbook("migrate", "plan", "--json").json
        let fixes = (plan["differences"]?.elements ?? []).compactMap { $0["fix"]?.string }
        guard flaw.isFixable else { return }
        try #require(!fixes.isEmpty)
        for fix in Set(fixes) { try database.run(SQL(raw: fix.hasSuffix(";") ? String(fix.dropLast()) : fix)) }
        let made = try database.pnbook("create", "--migrate", "--json")
        #expect(made.code == 0, "\(fixes): \(made.stderr)")
        #expect(
            try made.json["book"]?["digest"]
                == "sha256:4f163034794670eafad624651ac617781b35971e1561b520a6a212ca38e48a40")
    }

    @Test("A flaw that comes after adoption is found before the next night's book", arguments: TestEngine.allCases)
    func later(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let body = engine == .sqlite ? "BEGIN SELECT 1; END" : "FOR EACH ROW SET NEW.created_by = 'x'"
        try database.run("CREATE TRIGGER late BEFORE UPDATE ON qt_partnumber_books \(raw: body)")
        for verb in [["create"], ["prune"], ["create", "--dry-run"]] {
            let result = try database.expectUntouched { try database.pnbook(verb) }
            result.expectRefusal(13, saying: "the trigger late on qt_partnumber_books", "DROP TRIGGER `late`")
        }
        #expect(try database.pnbook("migrate", "status").code == 13)
        try database.run("DROP TRIGGER late")
        try database.succeed("create")
    }

    @Test(
        "Two part numbers that are one key under the items' collation are named by plan, doctor and create",
        arguments: TestEngine.allCases)
    func collation(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.mappings(",pn-1,LOT-1\n,PN-1,LOT-1\n,PN-2,LOT-2"))
        let (id, collation) =
            engine == .sqlite
            ? ("INTEGER PRIMARY KEY AUTOINCREMENT", "NOCASE")
            : ("BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY", "utf8mb4_general_ci")
        let options = engine == .sqlite ? "" : "DEFAULT CHARACTER SET utf8mb4"
        try database.run(
            "ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn INTEGER NOT NULL DEFAULT 1",
            """
            CREATE TABLE qt_partnumber_books (id \(raw: id), version VARCHAR(30), created_at DATETIME(3),
                created_by VARCHAR(100), is_active INTEGER) \(raw: options)
            """,
            """
            CREATE TABLE qt_partnumber_book_items (id \(raw: id), book_id BIGINT NOT NULL,
                partnumber VARCHAR(255) COLLATE \(raw: collation) NOT NULL, lot_name VARCHAR(255) NOT NULL,
                is_primary_pn INTEGER, description VARCHAR(10000)) \(raw: options)
            """,
            "CREATE UNIQUE INDEX one ON qt_partnumber_book_items (book_id, partnumber, lot_name)")
        for verb in [["migrate", "plan"], ["doctor"]] {
            let result = try database.pnbook(verb)
            #expect(result.code == 13)
            #expect((result.stdout + result.stderr).contains("'PN-1' and 'pn-1' are one key under \(collation)"))
        }
        let made = try database.pnbook("create", "--migrate")
        made.expectRefusal(
            13, saying: "two different items of the book are one key", "nothing was published", "pnbook doctor")
        let fix = try #require(
            try database.pnbook("migrate", "plan", "--json").json["differences"]?[0]?["fix"]?.string)
        try database.run(SQL(raw: String(fix.dropLast())))
        #expect(try database.succeed("create", "--json").json["book"]?["items"] == 3)
    }
}
