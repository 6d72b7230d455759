import Chronology
import Database

/// The removal of a book in the program's own words, recorded once and then said again, so that it can be measured among
/// any books, whatever the policy would do with them.
struct ProgramRemoval {
    private let catalogue: BenchmarkCatalogue
    /// What removes the items of the one book that it is given.
    private let statement: String

    /// Listens to `pnbook prune`. Afterwards the base book is alone again.
    ///
    /// - Parameter catalogue: with its base book alone, and its items staged.
    init(recordedIn catalogue: BenchmarkCatalogue) throws {
        self.catalogue = catalogue
        guard catalogue.database.engine == .mariadb else {
            statement = "DELETE FROM \(BookTables.ours.items) WHERE book_id = ?"
            return
        }
        // Two of one day, of which only the later is kept.
        let kept = try catalogue.addCopy(hoursBefore: 24)
        let removed = try catalogue.addCopy(hoursBefore: 26)
        let (_, conversations) = try catalogue.database.recording { url in
            try catalogue.program.pnbook("prune", "--now", catalogue.nextInstant.iso8601, "--quiet", on: url)
        }
        let texts = conversations.flatMap(\.trips).flatMap(\.commands).map(\.text)
        // It may ask first how the server would go about it.
        let removals = texts.filter { $0.contains("DELETE") && $0.contains(BookTables.ours.items) }
        guard let said = removals.first(where: { !$0.hasPrefix("EXPLAIN") }) else {
            throw BenchmarkError("pnbook prune was not seen removing the items of book \(removed)")
        }
        guard said.count(where: { $0 == "?" }) == 1 else {
            throw BenchmarkError("pnbook removes items by more than a book's id, which is not measured here: \(said)")
        }
        statement = said
        _ = try run(kept)
    }

    /// Removes a book.
    func run(_ book: Int64) throws -> Sample {
        try catalogue.database.waitUntilIdle()
        return try catalogue.database.onConnection { connection in
            let sample = try catalogue.stopwatch.time {
                try connection.transaction(.write) {
                    try connection.execute(sql(book))
                    try connection.execute("DELETE FROM qt_partnumber_books WHERE id = \(book)")
                }
            }
            let left = try connection.count("SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id = \(book)")
            guard left == 0 else { throw BenchmarkError("'\(statement)' has left \(left) items of book \(book)") }
            return sample
        }
    }

    /// How the items of a book are found, in a session as the program has it.
    func plan(_ book: Int64) throws -> Plan? {
        try catalogue.database.onConnection { try Plan(of: sql(book), $0) }
    }

    private func sql(_ book: Int64) -> SQL { SQL(raw: statement.replacing("?", with: String(book))) }
}
