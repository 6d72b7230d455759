import Database
import TestSupport
import Testing

/// Databases whose book tables another program has made.
enum AdoptedTables {
    /// The columns of the two tables, to be changed one by one.
    struct Shape {
        var flag: String
        var id: String
        var version: String
        var createdAt: String
        var createdBy = "VARCHAR(100) NOT NULL"
        var isActive: String
        var partnumber: String
        var lot: String
        var isPrimary: String
        var description: String
        /// Further columns and keys, each with a comma in front.
        var furtherOfBooks = ""
        var furtherOfItems = ""
        var options: String

        /// As an object mapper makes them.
        init(_ engine: TestEngine) {
            let isSQLite = engine == .sqlite
            flag = isSQLite ? "numeric NOT NULL DEFAULT 1" : "TINYINT(1) NOT NULL DEFAULT 1"
            id = isSQLite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY"
            version = isSQLite ? "text NOT NULL UNIQUE" : "VARCHAR(30) NOT NULL UNIQUE"
            createdAt = isSQLite ? "datetime" : "DATETIME(3) NULL"
            isActive = isSQLite ? "numeric" : "TINYINT(1) NOT NULL DEFAULT 0"
            partnumber = isSQLite ? "text NOT NULL" : "VARCHAR(255) NOT NULL"
            lot = partnumber
            isPrimary = isSQLite ? "boolean DEFAULT 1" : "TINYINT(1) NOT NULL DEFAULT 1"
            description = isSQLite ? "text" : "VARCHAR(10000) NULL"
            options = isSQLite ? "" : "DEFAULT CHARACTER SET utf8mb4"
        }
    }

    /// The small server catalogue, and tables of another program's of this shape, without a book.
    static func database(_ engine: TestEngine, _ change: (inout Shape) -> Void) throws -> TestDatabase {
        var shape = Shape(engine)
        change(&shape)
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        let bookID = engine == .sqlite ? "integer" : "BIGINT UNSIGNED"
        try database.run(
            "ALTER TABLE lot_partnumbers ADD COLUMN is_primary_pn \(raw: shape.flag)",
            """
            CREATE TABLE qt_partnumber_books (id \(raw: shape.id), version \(raw: shape.version),
                created_at \(raw: shape.createdAt), created_by \(raw: shape.createdBy),
                is_active \(raw: shape.isActive)\(raw: shape.furtherOfBooks)) \(raw: shape.options)
            """,
            """
            CREATE TABLE qt_partnumber_book_items (id \(raw: Shape(engine).id), book_id \(raw: bookID) NOT NULL,
                partnumber \(raw: shape.partnumber), lot_name \(raw: shape.lot), is_primary_pn \(raw: shape.isPrimary),
                description \(raw: shape.description)\(raw: shape.furtherOfItems)) \(raw: shape.options)
            """,
            "CREATE INDEX idx_book ON qt_partnumber_book_items (book_id)")
        return database
    }
}
