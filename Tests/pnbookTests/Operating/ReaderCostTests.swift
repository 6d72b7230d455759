import Database
import Harness
import TestSupport
import Testing

/// What one book costs among many, with the server's own settings: whatever the line, it is found by its key.
@Suite("The cost of one book among many")
struct ReaderCostTests {
    /// 34 equal books, as many as retention keeps.
    private static func shelf(_ items: Int) throws -> TestDatabase {
        let database = try TestDatabase.loaded(.mariadb, Catalogues.plain(parts: 3))
        try database.run(
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            SELECT CONCAT('BY-HAND-', seq), '2020-01-01' + INTERVAL seq MONTH, 'by hand', seq = 34 FROM seq_1_to_34
            """,
            """
            INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)
            SELECT b.id, CONCAT('PN-', LPAD(s.seq, 6, '0')), CONCAT('LOT-', s.seq % 97), 1, REPEAT('d', 40)
            FROM qt_partnumber_books b JOIN seq_1_to_1000 s WHERE s.seq <= \(items)
            ORDER BY b.id, s.seq
            """,
            "ANALYZE TABLE qt_partnumber_book_items")
        return database
    }

    @Test("A reader's SELECT and our DELETE go by the key on every line, with the server's defaults")
    func plans() throws {
        let database = try Self.shelf(1000)
        let connection = try database.connect()
        defer { connection.close() }
        if try !connection.variables(["new_mode"]).isEmpty { try connection.execute("SET SESSION new_mode = DEFAULT") }
        for statement: SQL in [
            "SELECT partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items WHERE book_id = 17",
            "DELETE FROM qt_partnumber_book_items WHERE book_id = 17",
        ] {
            let plan = try connection.first("EXPLAIN \(statement)") { (type: $0.text(3), key: $0.text(5)) }
            #expect(["ref", "range"].contains(plan?.type), "\(statement.text): \(plan?.type ?? "")")
            #expect(plan?.key == "PRIMARY")
        }
    }

    @Test("An old book's header that another session holds does not hold up the new book's")
    func heldHeader() throws {
        let database = try Self.shelf(10)
        let editor = try database.connect()
        try editor.begin(.write)
        try editor.execute("UPDATE qt_partnumber_books SET created_by = 'held' WHERE version = 'BY-HAND-20'")
        let result = try database.pnbook("create", "--now", "2026-11-20T03:00:00Z", "--allow-shrink")
        #expect(result.code == 0, "\(result.stderr)")
        #expect(!(result.stdout + result.stderr).contains("started over"))
        try editor.rollback()
        editor.close()
        #expect(try database.books().first == "PNBOOK-2026-11-20-001*")
    }

    @Test("Removing one book does not wait for a row of another one", arguments: ["TEXT", "VARCHAR(10000)"])
    func heldItem(type: String) throws {
        let database = try Self.shelf(1000)
        try database.run("ALTER TABLE qt_partnumber_book_items MODIFY description \(raw: type) NULL")
        // Yearly buckets keep the newest of each year: BY-HAND-20 goes and BY-HAND-23 stays.
        let editor = try database.connect()
        try editor.begin(.write)
        try editor.execute(
            """
            UPDATE qt_partnumber_book_items SET lot_name = 'held' WHERE partnumber = 'PN-000001'
                AND book_id = (SELECT id FROM qt_partnumber_books WHERE version = 'BY-HAND-34')
            """)
        let plan = try database.pnbook("prune", "--now", "2026-11-20T03:00:00Z", "--dry-run", "--json").json
        let hash = try #require(plan["retention"]?["plan_hash"]?.string)
        let result = try database.pnbook("prune", "--now", "2026-11-20T03:00:00Z", "--approve", hash, "--json")
        #expect(result.code == 0, "\(result.stderr)")
        try editor.rollback()
        editor.close()
        #expect(try database.books().count < 34)
    }
}
