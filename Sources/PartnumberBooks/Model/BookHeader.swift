package import Chronology
import Database

/// A book's header.
package struct BookHeader: Sendable, Hashable {
    package let id: Int64
    package let version: String
    package let createdAt: Instant
    package let createdBy: String
    package let isActive: Bool

    /// The columns that `init(_:)` reads.
    package static let columnNames = ["id", "version", "created_at", "created_by", "is_active"]
    static let columns = columnNames.joined(separator: ", ")

    /// Memberwise.
    package init(id: Int64, version: String, createdAt: Instant, createdBy: String, isActive: Bool) {
        self.id = id
        self.version = version
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.isActive = isActive
    }

    /// - Throws: ``UnreadableBook`` for another program's row whose id or time is invalid.
    init(_ row: Row) throws(UnreadableBook) {
        let version = row.text(1) ?? ""
        guard let id = row.integer(0) else {
            throw UnreadableBook(id: row.text(0) ?? "NULL", version: version, flaw: .id)
        }
        guard let createdAt = Instant(row.cell(2)) else {
            throw UnreadableBook(
                id: String(id), version: version, flaw: .createdAt(row.isNull(2) ? nil : row.text(2)))
        }
        self.init(
            id: id, version: version, createdAt: createdAt, createdBy: row.text(3) ?? "", isActive: row.number(4) == 1)
    }

    /// The newest first, as readers order them: by the instant, then by the id. Not by the texts of the times, which may have
    /// different offsets from UTC.
    static func isNewer(_ left: BookHeader, _ right: BookHeader) -> Bool {
        (left.createdAt, left.id) > (right.createdAt, right.id)
    }

    func isNewer(than other: BookHeader) -> Bool { Self.isNewer(self, other) }
}

extension Instant {
    /// A stored time; nil for any other value, also for a number: whether it counts seconds or milliseconds is unknown.
    init?(_ cell: Cell) {
        guard cell.kind == .text else { return nil }
        self.init(sqlText: String(decoding: cell.utf8, as: UTF8.self))
    }
}
