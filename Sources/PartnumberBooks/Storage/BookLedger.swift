import Chronology
package import Database

/// The program's own record of every book it has published, `pnbook_book_ledger`; written in the publishing transaction.
///
/// It remembers what the book tables cannot: the digest a book had when it was made, the task that made it, and versions
/// and ids of books long removed, so that neither is ever given again.
package struct BookLedger {
    private let connection: any Connection

    package static let table = "pnbook_book_ledger"

    private let presence: LedgerTable

    package init(connection: any Connection) {
        self.connection = connection
        presence = LedgerTable(connection)
    }

    /// Versions that have ever been given and match `pattern`.
    func versions(like pattern: String) throws -> [String] {
        try connection.rows("SELECT version FROM pnbook_book_ledger WHERE version LIKE \(pattern)") { $0.text(0) ?? "" }
    }

    /// What is recorded of a book, with nil for numbers that no book has ever had; nil where nothing is.
    func entry(of id: Int64) throws -> Entry? {
        guard try presence.exists() else { return nil }
        return try connection.first(
            "SELECT items, partnumbers, digest, task_id FROM pnbook_book_ledger WHERE book_id = \(id)"
        ) { Self.entry($0, from: 0) }
    }

    typealias Entry = (items: Int?, partnumbers: Int?, digest: String, taskID: String)

    private static func entry(_ row: Row, from column: Int) -> Entry {
        (count(row, column), count(row, column + 1), row.text(column + 2) ?? "", row.text(column + 3) ?? "")
    }

    /// What is recorded of the books that exist, as ``entry(of:)`` has it, by their ids.
    func entries() throws -> [Int64: Entry] {
        guard try presence.exists() else { return [:] }
        let entries = try connection.rows(
            """
            SELECT l.book_id, l.items, l.partnumbers, l.digest, l.task_id
            FROM qt_partnumber_books b JOIN pnbook_book_ledger l ON l.book_id = b.id
            """
        ) { ($0.integer(0) ?? 0, Self.entry($0, from: 1)) }
        return Dictionary(entries) { first, _ in first }
    }

    /// The book that had this id or version and was removed; nil for one that exists, or that this program did not make.
    func removal(of name: String) throws -> BookNotFound.Removed? {
        guard BookWord(rawValue: name) == nil, try presence.exists() else { return nil }
        let removals: SQL = "SELECT version, removed_at FROM pnbook_book_ledger WHERE removed_at IS NOT NULL"
        let query: SQL =
            if let id = Int64(name) { "\(removals) AND book_id = \(id)" } else { "\(removals) AND version = \(name)" }
        return try connection.first(query) { row in
            row.text(1).flatMap(Instant.init(sqlText:)).map { .init(version: row.text(0) ?? name, at: $0) }
        } ?? nil
    }

    /// The version of the book that a task has published; nil where it has published none.
    package func version(publishedBy taskID: String) throws -> String? {
        guard try presence.exists() else { return nil }
        return try connection.first("SELECT version FROM pnbook_book_ledger WHERE task_id = \(taskID)") {
            $0.text(0) ?? ""
        }
    }

    /// The highest id that a book of this program's has ever had; nil where there was none.
    func highestID() throws -> Int64? {
        guard try presence.exists() else { return nil }
        return try connection.first("SELECT MAX(book_id) FROM pnbook_book_ledger") { $0.integer(0) } ?? nil
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
