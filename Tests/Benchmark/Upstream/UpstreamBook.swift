import Database

/// Upstream's way beside ours: the same catalogue, made into a book by ``NaiveCreate`` in ``UpstreamTables``.
final class UpstreamBook {
    private let catalogue: BenchmarkCatalogue
    private var books = 0
    /// The book that stays.
    private(set) var baseBook: Int64 = 0
    /// Bytes on disk of the tables with one book.
    private(set) var bytes: Int?

    /// Makes the tables and the first book, which must be the same as ours.
    init(_ catalogue: BenchmarkCatalogue) throws {
        self.catalogue = catalogue
        let tables = [BookTables.upstream.items]
        let empty = try catalogue.database.onConnection { connection in
            try UpstreamTables.make(connection)
            return try catalogue.database.bytes(of: tables, connection)
        }
        baseBook = try run().book
        try catalogue.database.waitUntilIdle()
        try catalogue.database.onConnection { connection in
            if let empty, let full = try catalogue.database.bytes(of: tables, connection) { bytes = full - empty }
            let theirs = try BookFingerprint(of: baseBook, in: .upstream, connection)
            let ours = try BookFingerprint(of: catalogue.baseBook, in: .ours, connection)
            guard ours == theirs else {
                throw BenchmarkError(
                    "the naive second implementation makes another book (\(theirs.items) items) than pnbook (\(ours.items))"
                )
            }
        }
    }

    /// Adds a book; the caller removes it.
    func run() throws -> (sample: Sample, book: Int64) {
        try catalogue.database.waitUntilIdle()
        books += 1
        let sample = try catalogue.database.environment.program.hidden(
            "naive-create", "--version", "UPSTREAM-\(books)", on: catalogue.database.url)
        let book = try catalogue.database.onConnection { connection in
            try connection.count("SELECT id FROM upstream_books WHERE is_active = 1")
        }
        return (sample, Int64(book))
    }
}
