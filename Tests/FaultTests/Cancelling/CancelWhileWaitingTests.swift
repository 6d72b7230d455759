import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// Each connection of a run can be stopped while it waits, not only the one that publishes.
@Suite("A signal to a run that waits", .serialized)
struct CancelWhileWaitingTests {
    /// The server would let it wait for ten seconds, three times.
    private static let limit = 7.0

    @Test("Waiting to read: it ends as cancelled at once")
    func reading() throws {
        let scene = try Scene(.mariadb)
        let before = try scene.books()
        let other = try scene.database.connect()
        defer { other.close() }
        try other.execute("LOCK TABLES lot_partnumbers WRITE")
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z")
        try scene.database.waitForWaiter("SELECT vendor, partnumber")
        child.signal(SIGTERM)
        #expect(try child.wait(Self.limit) == 143, "\(child.stderr)")
        try other.execute("UNLOCK TABLES")
        #expect(try scene.books() == before)
    }

    @Test("Waiting to remove an old book: the new one stands, and the report says why the old one does as well")
    func retaining() throws {
        let scene = try Scene(.mariadb)
        let editor = try scene.database.connect()
        try editor.execute(
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            VALUES ('BY-HAND', '2026-11-01 01:00:00.000', 'by hand', 0)
            """)
        let id = editor.lastInsertedID
        try editor.execute(
            "INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name) VALUES (\(id), 'PN-1', 'LOT-1')")
        try editor.begin(.write)
        try editor.execute("UPDATE qt_partnumber_book_items SET lot_name = 'held' WHERE book_id = \(id)")
        let child = try scene.start("create", "--now", "2026-11-02T03:00:00Z", "--quiet")
        try scene.database.waitForWaiter("DELETE FROM qt_partnumber_book_items")
        child.signal(SIGTERM)
        #expect(try child.wait(Self.limit) == 0, "\(child.stderr)")
        #expect(child.stderr.contains("cancelled by SIGTERM"), "\(child.stderr)")
        try editor.rollback()
        editor.close()
        #expect(
            try scene.books().map(\.version) == ["PNBOOK-2026-11-02-001", "PNBOOK-2026-11-01-001", "BY-HAND"])
        #expect(try scene.books().map(\.isActive) == [true, false, false])
    }
}
