import Chronology
import Database

/// A header as the database tells it, but for its flag.
struct PublishedHeader: Hashable {
    private var version: String?
    private var createdAt: String?
    private var createdBy: String?

    /// - Parameter holding: nobody else may change it until the transaction ends.
    init(_ id: Int64, on connection: any Connection, holding: Bool = false) throws {
        let lock = holding ? connection.engine.dialect.holdingRows : ""
        try connection.forEachRow(
            "SELECT version, created_at, created_by FROM qt_partnumber_books WHERE id = \(id)\(raw: lock)"
        ) { row in
            (version, createdAt, createdBy) = (row.text(0), row.text(1), row.text(2))
        }
    }

    private var words: String { [version, createdAt, createdBy].map { $0 ?? "NULL" }.joined(separator: ", ") }

    /// - Throws: `PublicationError/changedByItself(header:from:to:)`.
    func requireSame(as before: PublishedHeader, _ id: Int64) throws {
        if self != before {
            throw PublicationError.changedByItself(header: "book \(id)", from: before.words, to: words)
        }
    }

    /// - Throws: `PublicationError/changedByItself(header:from:to:)` where it is not `book`'s.
    func requireEqual(to book: PublishedBook) throws {
        // An adopted table may keep more digits than we write.
        let isSameTime = createdAt.flatMap(Instant.init(sqlText:)) == book.createdAt
        guard version == book.version, createdBy == book.createdBy, isSameTime else {
            throw PublicationError.changedByItself(
                header: book.version, from: "\(book.version), \(book.createdAt.sqlText), \(book.createdBy)", to: words)
        }
    }
}
