import Chronology
import Database
import Foundation
import Harness

/// A database with a made-up catalogue, in which books are made and removed.
final class BenchmarkCatalogue {
    let database: BenchmarkDatabase
    let recipe: CatalogueRecipe
    let stopwatch: Stopwatch
    /// The book that stays: nothing is measured on empty tables.
    private(set) var baseBook: Int64 = 0
    /// Items in a book of the catalogue.
    private(set) var items = 0
    /// Bytes on disk of the first book; nil where they cannot be known.
    private(set) var bytesOfBook: Int?
    /// Days since the first book: each next one is of the next day, as in production.
    private var day: Int64 = 0

    /// Books added by ``addCopy(hoursBefore:)`` so far.
    private var copies = 0

    /// Makes the tables as the program makes them (an empty catalogue loaded, then 026 to 028), and fills the sources.
    init(_ database: BenchmarkDatabase, _ recipe: CatalogueRecipe) throws {
        self.database = database
        self.recipe = recipe
        stopwatch = Stopwatch(serverPID: database.environment.serverPID)
        let folder = database.environment.workspace.folder + "/empty"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("partnumber,lot_name\n".utf8).write(to: URL(fileURLWithPath: folder + "/lot_partnumbers.csv"))
        try program.pnbook("load", folder, on: database.url)
        try program.pnbook("migrate", "up", on: database.url)
        try database.onConnection { try CatalogueWriter($0, recipe).write() }
    }

    /// 2026-01-01T03:00:00Z.
    private static let firstDay: Int64 = 1_767_236_400_000
    /// Days between the first copy and the first book.
    private static let copiesBefore: Int64 = 1000

    var program: MeasuredProgram { database.environment.program }

    /// Makes a book with the program: the whole process, as the timer starts it.
    ///
    /// - Parameter url: another way to the same database; nil for its own.
    func createBook(whenIdle: Bool = true, on url: String? = nil) throws -> (sample: Sample, id: Int64) {
        let now = nextInstant
        day += 1
        if whenIdle { try database.waitUntilIdle() }
        let sample = try program.pnbook(
            "create", "--now", now.iso8601, "--triggered-by", "scheduled", "--quiet", on: url ?? database.url)
        let id = try database.onConnection { connection in
            try connection.count("SELECT id FROM qt_partnumber_books WHERE is_active = 1")
        }
        return (sample, Int64(id))
    }

    /// Has the program read the catalogue and apply the rules, and write nothing.
    func dryRun() throws -> Sample {
        try database.waitUntilIdle()
        return try program.pnbook("create", "--dry-run", "--now", nextInstant.iso8601, "--quiet", on: database.url)
    }

    /// When the next book is made.
    var nextInstant: Instant { Instant(milliseconds: Self.firstDay + day * 86_400_000) }

    /// Makes the book that stays.
    func makeBaseBook() throws {
        let tables = [BookTables.ours.items]
        let empty = try database.onConnection { try database.bytes(of: tables, $0) }
        let (_, id) = try createBook()
        baseBook = id
        try database.waitUntilIdle()
        try database.onConnection { connection in
            if let empty, let full = try database.bytes(of: tables, connection) { bytesOfBook = full - empty }
            items = try connection.count("SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id = \(id)")
        }
    }

    /// Puts the base book's items ready-made beside the real table.
    func stageItems() throws {
        try database.onConnection { try StagedItems.makeOrdered(of: baseBook, $0) }
    }

    /// Part numbers of the base book, drawn by lot.
    func partnumbers(_ count: Int) throws -> [String] {
        try database.onConnection { try BookFingerprint.partnumbers(count, of: baseBook, items: items, $0) }
    }

    /// Adds further books with the base book's items, each dated a day after the one before and long before the base book;
    /// retention is not asked.
    func addCopies(_ count: Int) throws {
        for _ in 0..<count { try addCopy(hoursBefore: 24 * (Self.copiesBefore - Int64(copies))) }
    }

    /// Adds a book with the base book's items, dated so many hours before the first book.
    @discardableResult
    func addCopy(hoursBefore hours: Int64) throws -> Int64 {
        copies += 1
        let instant = Instant(milliseconds: Self.firstDay - hours * 3_600_000)
        return try database.onConnection { connection in
            try connection.transaction(.write) {
                try connection.execute(
                    """
                    INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                    VALUES (\("bench copy \(copies)"), \(instant.sqlText), 'bench', 0)
                    """)
                let book = connection.lastInsertedID
                try StagedItems.copy(to: BookTables.ours.items, book: book, connection)
                return book
            }
        }
    }

    /// Adds ignore rules that are patterns to the catalogue.
    func addPatterns(_ count: Int) throws {
        try database.onConnection { connection in
            try connection.transaction(.write) { try CatalogueWriter(connection, recipe).writeGlobs(count) }
        }
    }

    /// Leaves no book active, until one is made or removed.
    func deactivate() throws {
        try database.onConnection { connection in
            _ = try connection.execute("UPDATE qt_partnumber_books SET is_active = 0 WHERE is_active = 1")
        }
    }

    /// Removes a book as the contract says: items, then header, in one transaction.
    func remove(_ book: Int64, from tables: BookTables = .ours) throws -> Sample {
        try database.waitUntilIdle()
        return try database.onConnection { connection in
            let sample = try stopwatch.time {
                try connection.transaction(.write) {
                    try connection.execute("DELETE FROM \(identifier: tables.items) WHERE book_id = \(book)")
                    try connection.execute("DELETE FROM \(identifier: tables.books) WHERE id = \(book)")
                }
            }
            if tables == .ours, baseBook != 0 {
                try connection.execute("UPDATE qt_partnumber_books SET is_active = 1 WHERE id = \(baseBook)")
            }
            return sample
        }
    }
}

/// A pair of tables that hold books.
struct BookTables: Hashable, Sendable {
    let books: String
    let items: String

    static let ours = BookTables(books: "qt_partnumber_books", items: "qt_partnumber_book_items")
    /// Of the shape that upstream has (``UpstreamTables``).
    static let upstream = BookTables(books: "upstream_books", items: "upstream_items")
}
