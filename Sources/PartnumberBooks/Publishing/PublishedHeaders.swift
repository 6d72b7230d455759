import Chronology
import Database

/// All headers as the database tells them, to be compared before and after a switch: a published book never changes but
/// for `is_active`, also where a trigger that we may not see would change it.
struct PublishedHeaders {
    private var headers: [String: Header] = [:]

    private struct Header: Hashable {
        let version: String?
        let createdAt: String?
        let createdBy: String?

        var words: String { [version, createdAt, createdBy].map { $0 ?? "NULL" }.joined(separator: ", ") }
    }

    init(_ connection: any Connection) throws {
        try connection.forEachRow("SELECT id, version, created_at, created_by FROM qt_partnumber_books") { row in
            headers[row.text(0) ?? "NULL"] = Header(
                version: row.text(1), createdAt: row.text(2), createdBy: row.text(3))
        }
    }

    /// - Parameters:
    ///   - before: the same before the switch.
    ///   - book: what has been inserted since.
    /// - Throws: ``PublicationError/changedByItself(header:from:to:)``.
    func requireUnchanged(since before: PublishedHeaders, but book: PublishedBook) throws {
        for (id, header) in before.headers {
            // One that is gone was removed by somebody whose commit came meanwhile.
            guard id != String(book.id), let now = headers[id], now != header else { continue }
            throw PublicationError.changedByItself(header: "book \(id)", from: header.words, to: now.words)
        }
        let wanted = Header(version: book.version, createdAt: book.createdAt.sqlText, createdBy: book.createdBy)
        // An adopted table may keep more digits than we write.
        guard let written = headers[String(book.id)], written.version == wanted.version,
            written.createdBy == wanted.createdBy, written.createdAt.flatMap(Instant.init(sqlText:)) == book.createdAt
        else {
            throw PublicationError.changedByItself(
                header: book.version, from: wanted.words, to: headers[String(book.id)]?.words ?? "nothing")
        }
    }
}
