import Database

/// The reader's own statement (<doc:ReaderProtocol#What-a-client-does>): a whole book, and one part number of it.
struct Reader {
    let connection: any Connection
    let tables: BookTables
    let stopwatch: Stopwatch

    /// What a client asks for a whole book.
    static func statement(of book: Int64, in tables: BookTables) -> SQL {
        """
        SELECT partnumber, lot_name, is_primary_pn, description
        FROM \(identifier: tables.items) WHERE book_id = \(raw: String(book))
        """
    }

    /// Pulls a whole book, row by row.
    ///
    /// - Parameter rows: what the book must have.
    func pull(_ book: Int64, expecting rows: Int) throws -> Sample {
        var count = 0
        var bytes = 0
        let sample = try stopwatch.time {
            try connection.forEachRow(Self.statement(of: book, in: tables)) { row in
                count += 1
                bytes += (row.utf8(0)?.count ?? 0) + (row.utf8(1)?.count ?? 0) + (row.utf8(3)?.count ?? 0)
            }
        }
        guard count == rows, bytes > 0 else {
            throw BenchmarkError("\(tables.items) yielded \(count) of \(rows) items of book \(book)")
        }
        return sample
    }

    /// Seconds after which no further part number is looked up: without the right index each costs a whole book.
    private static let patience = 5.0

    /// Looks up part numbers one after the other, each with a statement of its own.
    ///
    /// - Returns: the seconds that each took.
    func lookUp(_ partnumbers: [String], in book: Int64) throws -> [Double] {
        let start = ContinuousClock.now
        var seconds: [Double] = []
        for partnumber in partnumbers where (ContinuousClock.now - start).seconds < Self.patience {
            var count = 0
            let began = ContinuousClock.now
            try connection.forEachRow(
                """
                SELECT partnumber, lot_name, is_primary_pn, description
                FROM \(identifier: tables.items) WHERE book_id = \(book) AND partnumber = \(partnumber)
                """
            ) { _ in count += 1 }
            seconds.append((ContinuousClock.now - began).seconds)
            guard count > 0 else { throw BenchmarkError("\(tables.items) has no \(partnumber) in book \(book)") }
        }
        return seconds
    }
}
