import Database
import Harness
import TestSupport
import Testing

/// Times as Go programs store them in SQLite: local, with their offset from UTC
/// (<doc:Tables#What-is-served-as-it-is>).
@Suite("Times with offsets in adopted SQLite tables")
struct StoredTimesTests {
    /// Book 1 is newer than book 2 by half an hour, though its text is the smaller one; book 1 is active.
    private static func database() throws -> TestDatabase {
        let database = try TestDatabase(.sqlite)
        try database.load(Catalogues.plain(parts: 2))
        try database.run(
            """
            CREATE TABLE qt_partnumber_books (id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL UNIQUE,
                created_at DATETIME, created_by TEXT, is_active INTEGER NOT NULL DEFAULT 0)
            """,
            """
            CREATE TABLE qt_partnumber_book_items (id INTEGER PRIMARY KEY AUTOINCREMENT, book_id INTEGER NOT NULL,
                partnumber TEXT NOT NULL, lot_name TEXT NOT NULL, is_primary_pn INTEGER DEFAULT 1, description TEXT)
            """,
            "ALTER TABLE lot_partnumbers ADD is_primary_pn INTEGER NOT NULL DEFAULT 1")
        try database.succeed("migrate", "up")
        try database.insertBook(version: "PNBOOK-2026-10-31-001", createdAt: "2026-10-31 06:00:00.123456789+03:00")
        try database.insertBook(version: "PNBOOK-2026-10-31-002", createdAt: "2026-10-31T10:30:00+0800")
        try database.run("UPDATE qt_partnumber_books SET is_active = 1 WHERE id = 1")
        return database
    }

    @Test("list, prune and verify order books by the instants that they name")
    func order() throws {
        let database = try Self.database()
        #expect(try database.books() == ["PNBOOK-2026-10-31-001*", "PNBOOK-2026-10-31-002"])
        let books = try database.succeed("list", "--json").json["books"]
        #expect(books?[0]?["created_at"] == "2026-10-31T03:00:00.123Z")
        #expect(books?[1]?["created_at"] == "2026-10-31T02:30:00.000Z")
        let verify = try database.succeed("verify", "--json").json
        #expect(verify["books"]?.elements?.map { $0["id"] } == [1, 2])
        // Without a record of switches the newest by its id is the previous one, which is kept.
        try database.insertBook(version: "PNBOOK-2026-10-31-003", createdAt: "2026-10-31 02:00:00")
        let plan = try database.succeed("prune", "--dry-run", "--json", "--now", "2026-11-01T00:00:00Z")
        #expect(plan.stdout.contains("daily 1 2026-10-31"))
        #expect(plan.stdout.contains("day 2026-10-31 is represented by 1"))
    }

    @Test("A new book is newer than the newest instant, not than the largest text")
    func newer() throws {
        let database = try Self.database()
        let document = try database.succeed("create", "--json", "--allow-shrink", "--now", "2026-10-31T03:00:00Z").json
        #expect(document["book"]?["created_at"] == "2026-10-31T03:00:00.124Z")
        #expect(try database.books().first == "PNBOOK-2026-10-31-003*")
        #expect(document["retention"]?["removed"]?.elements?.contains { $0["id"] == 2 } == true)
    }

    @Test("A client's file gets the instants in UTC")
    func exported() throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        try database.succeed("export", "all", "--to", folder.path + "/client.db")
        let client = try NaiveClient(reading: folder.path + "/client.db")
        #expect(client.books[1]?.createdAt == "2026-10-31 03:00:00.123")
        #expect(client.books[2]?.createdAt == "2026-10-31 02:30:00.000")
    }
}
