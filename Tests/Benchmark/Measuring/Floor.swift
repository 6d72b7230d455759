import Database

/// The floor: one server-side statement copies the ready-made, ordered items into the real table as a further book, with
/// its header and a durable commit.
///
/// No program that publishes a book in these tables can be faster, for this one reads nothing else and decides nothing.
struct Floor {
    let catalogue: BenchmarkCatalogue

    /// Adds a book; the caller removes it.
    func run() throws -> (sample: Sample, book: Int64) {
        try catalogue.database.waitUntilIdle()
        return try catalogue.database.onConnection { connection in
            var book: Int64 = 0
            var rows = 0
            let sample = try catalogue.stopwatch.time {
                try connection.transaction(.write) {
                    try connection.execute(
                        """
                        INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                        VALUES ('bench floor', '2025-12-31 00:00:00.000', 'bench', 0)
                        """)
                    book = connection.lastInsertedID
                    rows = try StagedItems.copy(to: BookTables.ours.items, book: book, connection)
                }
            }
            guard rows == catalogue.items else {
                throw BenchmarkError("the floor copied \(rows) of \(catalogue.items) items")
            }
            return (sample, book)
        }
    }
}
