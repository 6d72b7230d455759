import Database
import Harness
import TestSupport
import Testing

/// An id is never given twice, whatever has become of the engine's counter: a client never fetches a second book of an id that it knows.
@Suite("Ids of books")
struct BookIDTests {
    private static func create(_ database: TestDatabase, _ hour: Int) throws {
        try database.succeed("create", "--migrate", "--now", "2026-11-20T\(10 + hour):00:00Z")
    }

    /// A database with the books 1 to 3.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2))
        for hour in 1...2 { try Self.create(database, hour) }
        return database
    }

    private static func ids(_ database: TestDatabase) throws -> [String] {
        try database.rows("SELECT id FROM qt_partnumber_books ORDER BY id").map { $0.first ?? "" }
    }

    @Test(
        "After both tables were emptied and their counters lost, the next book has the next id",
        arguments: TestEngine.allCases)
    func emptied(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let connection = try database.connect()
        let statements: [SQL] =
            switch engine {
            case .sqlite:
                [
                    "DELETE FROM qt_partnumber_book_items", "DELETE FROM qt_partnumber_books",
                    "DELETE FROM sqlite_sequence",
                ]
            case .mariadb:
                [
                    "SET foreign_key_checks = 0", "TRUNCATE qt_partnumber_book_items", "TRUNCATE qt_partnumber_books",
                ]
            }
        for statement in statements { try connection.execute(statement) }
        connection.close()
        for hour in 3...4 { try Self.create(database, hour) }
        #expect(try Self.ids(database) == ["4", "5"])
        try database.succeed("verify")
    }

    @Test("A counter that was raised counts on, as after a backup was restored", arguments: TestEngine.allCases)
    func raised(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let connection = try database.connect()
        try connection.execute(
            engine == .sqlite
                ? "UPDATE sqlite_sequence SET seq = 5000 WHERE name = 'qt_partnumber_books'"
                : "ALTER TABLE qt_partnumber_books AUTO_INCREMENT = 5001")
        connection.close()
        try Self.create(database, 3)
        #expect(try Self.ids(database).last == "5001")
    }

    @Test("A SQLite table that counts from its highest row alone gives no id again that a book has had")
    func withoutAutoincrement() throws {
        let database = try TestDatabase(.sqlite)
        try database.load(Catalogues.plain(parts: 2))
        let connection = try database.connect()
        for statement in Self.tables { try connection.execute(statement) }
        for hour in 0...2 { try Self.create(database, hour) }
        #expect(try Self.ids(database).last == "3")
        try connection.execute("DELETE FROM qt_partnumber_book_items WHERE book_id = 3")
        try connection.execute("DELETE FROM qt_partnumber_books WHERE id = 3")
        connection.close()
        try Self.create(database, 3)
        #expect(try Self.ids(database).last == "4")
    }

    /// As another program may have made them.
    private static let tables: [SQL] = [
        """
        CREATE TABLE qt_partnumber_books (id INTEGER PRIMARY KEY, version VARCHAR(30) NOT NULL UNIQUE,
            created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, created_by VARCHAR(100) NOT NULL,
            is_active TINYINT(1) NOT NULL DEFAULT 0)
        """,
        """
        CREATE TABLE qt_partnumber_book_items (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL,
            partnumber VARCHAR(255) NOT NULL, lot_name VARCHAR(255) NOT NULL, is_primary_pn TINYINT(1) NOT NULL DEFAULT 1,
            description TEXT NULL)
        """,
    ]
}
