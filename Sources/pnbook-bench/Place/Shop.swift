import Chronology
import Database
import Foundation

/// A database with a made-up catalogue, in which books are made and removed.
final class Shop {
    let database: BenchDatabase
    let recipe: CatalogueRecipe
    let stopwatch: Stopwatch
    /// The book that stays: nothing is measured on empty tables.
    private(set) var baseBook: Int64 = 0
    /// Items in a book of the catalogue.
    private(set) var items = 0
    /// Days since the first book: each next one is of the next day, as in production.
    private var day: Int64 = 0

    /// Makes the tables as the program makes them (an empty catalogue loaded, then 026 to 028), and fills the sources.
    init(_ database: BenchDatabase, _ recipe: CatalogueRecipe) throws {
        self.database = database
        self.recipe = recipe
        stopwatch = Stopwatch(serverPID: database.site.serverPID)
        let folder = database.site.workspace.folder + "/empty"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("partnumber,lot_name\n".utf8).write(to: URL(fileURLWithPath: folder + "/lot_partnumbers.csv"))
        try program.pnbook("load", folder, on: database.url)
        try program.pnbook("migrate", "up", on: database.url)
        try database.onConnection { try CatalogueWriter($0, recipe).write() }
    }

    private var program: Program { database.site.program }

    /// Makes a book with the program: the whole process, as the timer starts it.
    func createBook() throws -> (sample: Sample, id: Int64) {
        let now = Instant(milliseconds: 1_767_236_400_000 + day * 86_400_000)
        day += 1
        try database.settle()
        let sample = try program.pnbook(
            "create", "--now", now.iso8601, "--triggered-by", "scheduled", "--quiet", on: database.url)
        let id = try database.onConnection { connection in
            try connection.count("SELECT id FROM qt_partnumber_books WHERE is_active = 1")
        }
        return (sample, Int64(id))
    }

    /// Makes the book that stays.
    func makeBaseBook() throws {
        let (_, id) = try createBook()
        baseBook = id
        items = try database.onConnection { connection in
            try connection.count("SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id = \(id)")
        }
    }

    /// Removes a book as the contract says: items, then header, in one transaction.
    func remove(_ book: Int64, from tables: BookTables = .ours) throws -> Sample {
        try database.settle()
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
