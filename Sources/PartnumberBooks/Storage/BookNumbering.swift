import Chronology
import Database
import ErrorModel

/// Whether one more book can be made at all: newer than every other, with an id of its own.
///
/// Asked before anything is written. Otherwise the engines say it in ways that mislead: SQLite calls its disk full, MariaDB
/// speaks of a duplicate, and an id beyond 63 bits is one that clients cannot hold.
struct BookNumbering {
    let connection: any Connection

    /// The id that the next book must be given, because the engine's own counter would give one that was given before: an emptied table
    /// or a lost counter begins anew, and a SQLite table without AUTOINCREMENT has none. Clients never fetch a second book of an id.
    ///
    /// - Parameter books: all that exist, newest first.
    /// - Returns: nil where the engine counts on.
    /// - Throws: `BookDataError` where there can be none.
    func idAboveCounter(after books: [BookHeader]) throws -> Int64? {
        if let newest = books.first, newest.createdAt >= Instant.stored.upperBound {
            throw BookDataError.lastInstant(book: "\(newest.version) (id \(newest.id))", id: newest.id)
        }
        let (next, last) = try counter()
        let top = books.max { $0.id < $1.id }
        if let top, top.id >= last {
            throw BookDataError.lastID(
                "\(top.version) has the id \(top.id), the last that qt_partnumber_books can give",
                fix: "Remove that book, then \(remedy(books.filter { $0.id < last }))")
        }
        let highest = max(top?.id ?? 0, try BookLedger(connection: connection).highestID() ?? 0)
        guard let next, next <= last, highest < last else {
            throw BookDataError.lastID(
                "the counter of qt_partnumber_books is beyond \(last), the last id that it can give and clients can hold",
                fix: remedy(books))
        }
        return next <= highest ? highest + 1 : nil
    }

    private func counter() throws -> (next: Int64?, last: Int64) {
        switch connection.engine {
        case .sqlite: (try nextOnSQLite(), Int64.max)
        case .mariadb: try nextOnMariaDB()
        }
    }

    /// The engine's counter, one above the last id it gave; nil beyond 63 bits.
    private func nextOnSQLite() throws -> Int64? {
        // A table without AUTOINCREMENT has no counter, and a file without such tables no table of them.
        guard try connection.count("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'") == 1 else {
            return 1
        }
        let last = try connection.first("SELECT seq FROM sqlite_sequence WHERE name = 'qt_partnumber_books'") {
            $0.integer(0)
        }
        let (next, overflow) = ((last ?? 0) ?? 0).addingReportingOverflow(1)
        return overflow ? nil : next
    }

    private func nextOnMariaDB() throws -> (next: Int64?, last: Int64) {
        try connection.first(
            """
            SELECT t.auto_increment, c.column_type FROM information_schema.tables t
            JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
            WHERE t.table_schema = DATABASE() AND t.table_name = 'qt_partnumber_books' AND c.column_name = 'id'
            """
        ) { row in
            (row.isNull(0) ? 1 : row.integer(0), Self.last(of: row.text(1) ?? ""))
        } ?? (1, .max)
    }

    /// The largest number of a MariaDB type that clients can hold too.
    private static func last(of type: String) -> Int64 {
        let bits: Int64? =
            switch type.prefix(while: \.isLetter) {
            case "tinyint": 8
            case "smallint": 16
            case "mediumint": 24
            case "int": 32
            default: nil
            }
        guard let bits else { return .max }
        return 1 << (type.contains("unsigned") ? bits : bits - 1) - 1
    }

    private func remedy(_ books: [BookHeader]) -> DisplayText {
        let highest = books.map(\.id).max() ?? 0
        return switch connection.engine {
        case .sqlite: "UPDATE sqlite_sequence SET seq = \(highest) WHERE name = 'qt_partnumber_books'"
        case .mariadb: "ALTER TABLE qt_partnumber_books AUTO_INCREMENT = \(highest + 1), or make its id BIGINT UNSIGNED"
        }
    }
}
