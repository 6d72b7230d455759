import Database
import DatabaseSQLite

/// One design tried: filled with books, then in rounds a further book inserted by the server alone, read by a session with
/// the server's own settings, and removed: as the program does it, and by the index that leads to it.
final class TableDesignTrial {
    private(set) var inserting = Samples()
    private(set) var pulling = Samples()
    private(set) var removing = Samples()
    private(set) var forcedRemoving = Samples()
    /// How the server reads a book.
    private(set) var plan: Plan?
    private(set) var lookUps: [Double] = []
    private(set) var bytes: Int?

    private let catalogue: BenchmarkCatalogue
    private let design: TableDesign
    private let connection: any Connection
    /// The table with the ready-made items, as this connection calls it.
    let source: String
    private var books = 0

    /// Books that stay in the table. MariaDB decides by their number how it reads one.
    private static func companions(_ engine: Engine) -> Int { engine == .mariadb ? 4 : 1 }

    /// Makes the tables, on SQLite in a file of their own, and the books that stay.
    init(_ design: TableDesign, _ catalogue: BenchmarkCatalogue) throws {
        self.catalogue = catalogue
        self.design = design
        let table = design.isShuffled ? StagedItems.shuffled : StagedItems.ordered
        switch catalogue.database.location {
        case .mariadb:
            connection = try catalogue.database.connect()
            source = table
        case .sqlite(let path):
            connection = try Self.file(for: design, at: path + "-trial", beside: path)
            source = "bench." + table
        }
        for statement in design.creation { try connection.execute(SQL(raw: statement)) }
        let empty = try catalogue.database.bytes(of: [TableDesign.tables.items], connection)
        _ = try insert(from: source)
        try waitUntilIdle()
        if let empty, let full = try catalogue.database.bytes(of: [TableDesign.tables.items], connection) {
            bytes = full - empty
        }
        for _ in 1..<Self.companions(connection.engine) { _ = try insert(from: source) }
    }

    /// A fresh file with the design's settings; the staged items are reached in the database that holds them.
    private static func file(for design: TableDesign, at path: String, beside source: String) throws -> any Connection {
        let connection = try SQLiteConnection(path: path, access: .create)
        if let size = design.pageSize {
            // Under a write-ahead log the page size is settled.
            for statement in ["journal_mode = DELETE", "page_size = \(size)"] {
                try connection.execute("PRAGMA \(raw: statement)")
            }
            try connection.execute("VACUUM")
            try connection.execute("PRAGMA journal_mode = WAL")
            let actual = try connection.count("PRAGMA page_size")
            guard actual == size else { throw BenchmarkError("\(path): the page size stayed \(actual)") }
        }
        for statement in design.settings { try connection.execute(SQL(raw: statement)) }
        try connection.execute("ATTACH DATABASE \(source) AS bench")
        return connection
    }

    func runRound(_ partnumbers: [String]) throws {
        try waitUntilIdle()
        let (sample, book) = try insert(from: source)
        inserting.add(sample)
        try waitUntilIdle()
        try read(book, partnumbers)
        removing.add(try remove(book))
        guard connection.engine == .mariadb else { return }
        let (again, second) = try insert(from: source)
        inserting.add(again)
        forcedRemoving.add(try remove(second, forcing: design.bookIndex))
    }

    private func read(_ book: Int64, _ partnumbers: [String]) throws {
        guard connection.engine == .mariadb else { return try read(book, partnumbers, connection) }
        // The server counts anew by itself some seconds after so many changes; then it would fall into a measurement.
        _ = try connection.rows("ANALYZE TABLE trial_items") { $0.values }
        let plain = try PlainSession.connect(to: catalogue.database)
        defer { plain.close() }
        try read(book, partnumbers, plain)
    }

    private func read(_ book: Int64, _ partnumbers: [String], _ connection: any Connection) throws {
        let reader = Reader(connection: connection, tables: TableDesign.tables, stopwatch: catalogue.stopwatch)
        plan = try Plan(of: Reader.statement(of: book, in: TableDesign.tables), connection)
        pulling.add(try reader.pull(book, expecting: catalogue.items))
        lookUps += try reader.lookUp(partnumbers, in: book)
    }

    /// Adds a book by one statement of the server.
    private func insert(from source: String) throws -> (sample: Sample, book: Int64) {
        try insert { book in
            let rows = try StagedItems.copy(from: source, to: TableDesign.tables.items, book: book, connection)
            guard rows == catalogue.items else {
                throw BenchmarkError("\(design.name): \(rows) of \(catalogue.items) items")
            }
        }
    }

    /// Adds a book whose items `body` writes.
    private func insert(_ body: (Int64) throws -> Void) throws -> (sample: Sample, book: Int64) {
        books += 1
        var book: Int64 = 0
        let sample = try catalogue.stopwatch.time {
            try connection.transaction(.write) {
                try connection.execute(
                    """
                    INSERT INTO trial_books (version, created_at, created_by, is_active)
                    VALUES (\("trial \(books)"), '2026-01-01 00:00:00.000', 'bench', 0)
                    """)
                book = connection.lastInsertedID
                try body(book)
            }
        }
        return (sample, book)
    }

    /// - Parameter index: the server is told to use it; nil where it is to choose.
    private func remove(_ book: Int64, forcing index: String? = nil) throws -> Sample {
        try waitUntilIdle()
        let items: SQL =
            if let index {
                "DELETE i FROM trial_items AS i FORCE INDEX (\(identifier: index)) WHERE i.book_id = \(book)"
            } else {
                "DELETE FROM trial_items WHERE book_id = \(book)"
            }
        return try catalogue.stopwatch.time {
            try connection.transaction(.write) {
                try connection.execute(items)
                try connection.execute("DELETE FROM trial_books WHERE id = \(book)")
            }
        }
    }

    /// Times a book whose items `body` writes on this trial's connection, and removes it.
    func time(_ body: (any Connection, Int64) throws -> Void) throws -> Sample {
        try waitUntilIdle()
        let (sample, book) = try insert { try body(connection, $0) }
        _ = try remove(book)
        return sample
    }

    private func waitUntilIdle() throws {
        try catalogue.database.waitUntilIdle(connection)
    }

    /// Removes the trial's tables.
    func close() throws {
        if catalogue.database.engine == .mariadb {
            for table in [TableDesign.tables.items, TableDesign.tables.books] {
                try connection.execute("DROP TABLE \(identifier: table)")
            }
        }
        connection.close()
        try catalogue.database.removeFiles(besides: "-trial")
    }
}
