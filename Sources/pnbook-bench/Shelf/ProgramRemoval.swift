import Chronology
import Database

/// The removal of a book in the program's own words, overheard once and then said again, so that it can be measured among
/// any books, whatever the policy would do with them.
struct ProgramRemoval {
    private let shop: Shop
    /// What removes the items of the one book that it is given.
    private let statement: String

    /// Listens to `pnbook prune`. Afterwards the base book is alone again.
    ///
    /// - Parameter shop: with its base book alone, and the side table.
    init(overheardIn shop: Shop) throws {
        self.shop = shop
        guard shop.database.engine == .mariadb else {
            statement = "DELETE FROM \(BookTables.ours.items) WHERE book_id = ?"
            return
        }
        // Two of one day, of which only the later is kept.
        let kept = try shop.addCopy(hoursBefore: 24)
        let removed = try shop.addCopy(hoursBefore: 26)
        let (_, conversations) = try shop.database.overhearing { url in
            try shop.program.pnbook("prune", "--now", shop.nextInstant.iso8601, "--quiet", on: url)
        }
        let texts = conversations.flatMap(\.trips).flatMap(\.commands).map(\.text)
        // It may ask first how the server would go about it.
        let removals = texts.filter { $0.contains("DELETE") && $0.contains(BookTables.ours.items) }
        guard let said = removals.first(where: { !$0.hasPrefix("EXPLAIN") }) else {
            throw BenchError("pnbook prune was not overheard removing the items of book \(removed)")
        }
        guard said.count(where: { $0 == "?" }) == 1 else {
            throw BenchError("pnbook removes items by more than a book's id, which is not measured here: \(said)")
        }
        statement = said
        _ = try run(kept)
    }

    /// Removes a book.
    func run(_ book: Int64) throws -> Sample {
        try shop.database.settle()
        return try shop.database.onConnection { connection in
            let sample = try shop.stopwatch.time {
                try connection.transaction(.write) {
                    try connection.execute(sql(book))
                    try connection.execute("DELETE FROM qt_partnumber_books WHERE id = \(book)")
                }
            }
            let left = try connection.count("SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id = \(book)")
            guard left == 0 else { throw BenchError("'\(statement)' has left \(left) items of book \(book)") }
            return sample
        }
    }

    /// How the items of a book are found, in a session as the program has it.
    func plan(_ book: Int64) throws -> Plan? {
        try shop.database.onConnection { try Plan(of: sql(book), $0) }
    }

    private func sql(_ book: Int64) -> SQL { SQL(raw: statement.replacing("?", with: String(book))) }
}
