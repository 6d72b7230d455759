import Database
import Harness
import TestSupport
import Testing

/// What other programs, other accounts and refused runs have left behind.
@Suite("Bad input: what others have left behind")
struct LeftBehindTests {
    @Test("A refused second run of a migration takes no record away, and the next one does the rest")
    func refusedAgain() throws {
        let damages: [SQL] = [
            "ALTER TABLE lot_partnumbers DROP COLUMN is_primary_pn",
            "ALTER TABLE qt_partnumber_books MODIFY version VARCHAR(20) NOT NULL",
            "ALTER TABLE qt_partnumber_book_items DROP COLUMN description",
        ]
        for damage in damages {
            let database = try TestDatabase.loaded(.mariadb, Catalogues.plain(parts: 3))
            try database.run(damage)
            let user = try LimitedUser(on: database, rights: ["SELECT, INSERT, UPDATE, DELETE"])
            let refused = try database.expectNoChange { try user.pnbook("migrate", "up") }
            #expect(refused.code == 77, "\(damage.text): \(refused.stderr)")
            #expect(!refused.stderr.contains("half applied"), "\(refused.stderr)")
            #expect(try database.pnbook("migrate", "status").code == 10, "\(damage.text)")
            try database.succeed("create", "--migrate")
        }
    }

    @Test("A second step of 028 that an account may not run stays to be run")
    func secondStep() throws {
        let database = try TestDatabase.loaded(.mariadb, Catalogues.plain(parts: 3))
        // As a kill between the two steps leaves it.
        try database.run(
            "ALTER TABLE qt_partnumber_book_items MODIFY description VARCHAR(10000) NULL",
            "UPDATE pnbook_schema_history SET finished_at = NULL WHERE number = 28")
        let user = try LimitedUser(on: database, rights: ["SELECT, INSERT, UPDATE, DELETE"])
        let refused = try user.pnbook("migrate", "up")
        refused.expectRefusal(77, saying: "028 item_description is half applied")
        #expect(try database.pnbook("migrate", "status").code == 12)
        try database.succeed("migrate", "up")
        #expect(
            try database.rows("SHOW COLUMNS FROM qt_partnumber_book_items LIKE 'description'").first?[1] == "text")
    }

    @Test(
        "A column that the account may not read is not taken for absent",
        arguments: [
            ("qt_vendor_partnumber_seen", "partnumber, is_ignored", "is_pattern"),
            ("lot_partnumbers", "vendor, partnumber, lot_name, description", "is_primary_pn"),
            ("qt_lot_bundle_items", "bundle_lot_name, lot_name", "qty"),
        ])
    func hiddenColumn(table: String, readable: String, hidden: String) throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        if hidden == "is_pattern",
            try !database.rows("SHOW COLUMNS FROM \(identifier: table)").contains(where: { $0[0] == hidden })
        {
            try database.run("ALTER TABLE \(identifier: table) ADD COLUMN is_pattern TINYINT(1) NOT NULL DEFAULT 0")
        }
        let user = try LimitedUser(on: database)
        let tables = [
            "lot_partnumbers", "qt_lot_bundles", "qt_lot_bundle_items", "qt_vendor_partnumber_seen",
            "qt_partnumber_books",
            "qt_partnumber_book_items", "pnbook_schema_history", "pnbook_book_ledger", "pnbook_fences", "pnbook_tasks",
        ]
        for name in tables {
            let rights = name == table ? "SELECT (\(readable))" : "SELECT, INSERT, UPDATE, DELETE"
            try database.run(SQL(raw: "GRANT \(rights) ON `\(database.schema)`.`\(name)` TO \(user.account)"))
        }
        for verb in [["create"], ["create", "--migrate"], ["create", "--dry-run"]] {
            let result = try database.expectNoChange { try user.pnbook(verb) }
            #expect(result.code == 77, "\(verb): \(result.stderr)")
            #expect(result.stderr.contains("GRANT SELECT") && result.stderr.contains(hidden), "\(result.stderr)")
        }
    }

    @Test("Items without a book are not mixed into a new one", arguments: TestEngine.allCases)
    func strayItems(engine: TestEngine) throws {
        let database = try AdoptedTables.database(engine) { _ in }
        try database.run("INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name) VALUES (1, 'OLD', 'L')")
        let result = try database.pnbook("create", "--migrate")
        result.expectRefusal(
            13, saying: "items of that id without a book", "nothing was published",
            "DELETE FROM qt_partnumber_book_items")
        #expect(try database.books() == [])
        try database.run(
            "DELETE FROM qt_partnumber_book_items WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books)")
        #expect(try database.succeed("create", "--json").json["book"]?["items"] == 546)
    }

    @Test("A book that rows of another table refer to stays, and the others go", arguments: TestEngine.allCases)
    func referredTo(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        for hour in 1...4 {
            try database.insertBook(version: "OLD-\(hour)", createdAt: "2020-01-01 0\(hour):00:00.000")
        }
        let type = engine == .sqlite ? "INTEGER" : "BIGINT UNSIGNED"
        try database.run(
            """
            CREATE TABLE quotes (id INTEGER PRIMARY KEY, book_id \(raw: type),
                CONSTRAINT fk_quote FOREIGN KEY (book_id) REFERENCES qt_partnumber_books (id))
            """,
            "INSERT INTO quotes SELECT 1, id FROM qt_partnumber_books WHERE version = 'OLD-1'")
        let made = try database.succeed("create", "--now", "2020-01-02T03:00:00Z")
        #expect(made.stdout.contains("removing OLD-1 failed"), "\(made.stdout)")
        #expect(try database.books() == ["PNBOOK-2020-01-02-001*", "OLD-4", "OLD-1"])
        #expect(try database.rows("SELECT COUNT(*) FROM quotes") == [["1"]])
        #expect(try database.orphans() == "0")
    }

    @Test(
        "What a CHECK of an adopted table refuses is said of the table, not of the data", arguments: TestEngine.allCases
    )
    func check(engine: TestEngine) throws {
        let database = try AdoptedTables.database(engine) {
            $0.furtherOfItems = ", CONSTRAINT long_enough CHECK (length(partnumber) > 200)"
        }
        let result = try database.pnbook("create", "--migrate")
        result.expectRefusal(
            13, saying: "long_enough", "the table refuses a row that the book needs", "nothing was published")
        #expect(try database.orphans() == "0")
    }
}
