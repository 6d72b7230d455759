import Chronology
import Database

/// The program's own record of every book it has published, `pnbook_book_ledger`; written in the publishing transaction.
///
/// It remembers what the book tables cannot: the digest a book had when it was made, the task that made it, and versions
/// and ids of books long removed, so that neither is ever given again.
package struct BookLedger {
    let connection: any Connection

    package static let table = "pnbook_book_ledger"

    /// Versions on `date` that have ever been given, here or in the book table.
    ///
    /// - Throws: ``BookDataError/lastVersion(_:)`` where no version can follow them.
    func versions(on date: CivilDate) throws -> [String] {
        let pattern = BookVersion.prefix(of: date) + "%"
        // Two queries: the tables may have different collations, which a UNION refuses.
        let present = try connection.rows(
            "SELECT version FROM qt_partnumber_books WHERE version LIKE \(pattern)"
        ) { $0.text(0) ?? "" }
        let past = try connection.rows(
            "SELECT version FROM pnbook_book_ledger WHERE version LIKE \(pattern)"
        ) { $0.text(0) ?? "" }
        let versions = present + past
        if let last = versions.first(where: { BookVersion.number(of: $0, on: date) == BookVersion.lastNumber }) {
            throw BookDataError.lastVersion(last)
        }
        return versions
    }

    /// How many items the newest book had when it was made; nil where there is none, or where a number is recorded that no book
    /// has ever had.
    func newestItems() throws -> Int? {
        try connection.first("SELECT items FROM pnbook_book_ledger ORDER BY book_id DESC LIMIT 1") {
            Self.count($0, 0)
        } ?? nil
    }

    /// How many items or part numbers are recorded; nil for a number that no book has ever had.
    static func count(_ row: Row, _ column: Int) -> Int? {
        guard let count = row.integer(column), (1...mostItems).contains(count) else { return nil }
        return Int(count)
    }

    /// More than any database holds, and little enough to be reckoned with.
    private static let mostItems: Int64 = 1 << 48

    func insert(_ book: PublishedBook, taskID: String) throws {
        try connection.execute(
            """
            INSERT INTO pnbook_book_ledger (book_id, version, created_at, items, partnumbers, digest, task_id)
            VALUES (\(book.id), \(book.version), \(book.createdAt.sqlText), \(book.items), \(book.partnumbers),
                \(book.digest), \(taskID))
            """)
    }

    /// The book that a task has published, or nil: the task's own mark, to be looked for when a commit's answer was lost.
    func book(ofTask taskID: String) throws -> Int64? {
        try connection.first("SELECT book_id FROM pnbook_book_ledger WHERE task_id = \(taskID)") { $0.integer(0) ?? 0 }
    }

    func markRemoved(_ id: Int64, at now: Instant) throws {
        try connection.execute(
            "UPDATE pnbook_book_ledger SET removed_at = \(now.sqlText) WHERE book_id = \(id)")
    }
}
