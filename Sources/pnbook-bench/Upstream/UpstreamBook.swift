import Database

/// Upstream's way beside ours: the same catalogue, made into a book by ``Naive`` in ``UpstreamTables``.
final class UpstreamBook {
    private let shop: Shop
    private var books = 0
    /// The book that stays.
    private(set) var baseBook: Int64 = 0
    /// Bytes on disk of the tables with one book.
    private(set) var bytes: Int?

    /// Makes the tables and the first book, which must be the same as ours.
    init(_ shop: Shop) throws {
        self.shop = shop
        let tables = [BookTables.upstream.items]
        let empty = try shop.database.onConnection { connection in
            try UpstreamTables.make(connection)
            return try shop.database.bytes(of: tables, connection)
        }
        baseBook = try run().book
        try shop.database.settle()
        try shop.database.onConnection { connection in
            if let empty, let full = try shop.database.bytes(of: tables, connection) { bytes = full - empty }
            let theirs = try BookPrint(of: baseBook, in: .upstream, connection)
            let ours = try BookPrint(of: shop.baseBook, in: .ours, connection)
            guard ours == theirs else {
                throw BenchError(
                    "the naive second implementation makes another book (\(theirs.items) items) than pnbook (\(ours.items))"
                )
            }
        }
    }

    /// Adds a book; the caller removes it.
    func run() throws -> (sample: Sample, book: Int64) {
        try shop.database.settle()
        books += 1
        let sample = try shop.database.site.program.hidden(
            "naive", "--version", "UPSTREAM-\(books)", on: shop.database.url)
        let book = try shop.database.onConnection { connection in
            try connection.count("SELECT id FROM upstream_books WHERE is_active = 1")
        }
        return (sample, Int64(book))
    }
}
