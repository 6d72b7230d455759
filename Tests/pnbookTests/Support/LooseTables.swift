import Database
import TestSupport
import Testing

/// A database whose book tables hold whatever they are given: adopted, with no key but a number and no limit worth naming.
///
/// Book 1 is made by the program and active, of PN-1 to PN-3; book 2 is another program's, of the same, a day older.
final class LooseTables {
    let database: TestDatabase
    private static let names = ["qt_partnumber_books", "qt_partnumber_book_items", "pnbook_book_ledger"]

    /// - Parameter charset: which MariaDB's tables are given once the books are made.
    init(_ engine: TestEngine, charset: String = "utf8mb4") throws {
        database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        let key = engine == .sqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY"
        let options = engine == .sqlite ? "" : "CHARACTER SET utf8mb4"
        let flag = engine == .sqlite ? "is_active INTEGER" : "is_active TINYINT(1)"
        try database.run(
            """
            CREATE TABLE qt_partnumber_books (
                id \(raw: key), version VARCHAR(60) NULL, created_at DATETIME(3) NULL, created_by VARCHAR(100) NULL,
                \(raw: flag) NOT NULL DEFAULT 0) \(raw: options)
            """,
            """
            CREATE TABLE qt_partnumber_book_items (
                id \(raw: key), book_id BIGINT NULL, partnumber VARCHAR(600) NULL, lot_name VARCHAR(600) NULL,
                is_primary_pn INTEGER NULL, description VARCHAR(12000) NULL) \(raw: options)
            """,
            "CREATE INDEX idx_book ON qt_partnumber_book_items (book_id)")
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        try database.insertBook(version: "PNBOOK-2026-11-19-001", createdAt: "2026-11-19 03:00:00.000", items: 3)
        if charset != "utf8mb4" {
            for name in Self.names.prefix(2) {
                try database.run("ALTER TABLE \(identifier: name) CONVERT TO CHARACTER SET \(raw: charset)")
            }
        }
        for name in Self.names {
            try database.run("CREATE TABLE \(identifier: "whole_" + name) AS SELECT * FROM \(identifier: name)")
        }
    }

    /// Undoes whatever was done to the books and to what was recorded of them.
    func restore() throws {
        for name in Self.names {
            try database.run(
                "DELETE FROM \(identifier: name)",
                "INSERT INTO \(identifier: name) SELECT * FROM \(identifier: "whole_" + name) ORDER BY 1")
        }
    }
}
