import Chronology
import Database

/// The books that users keep for good, `pnbook_pins` (<doc:Counting#Pinned-books>).
///
/// Pinning takes no lock on the work, so that it is possible while a run is at work. A pin and the removal of a book exclude one another
/// by a row of `pnbook_fences` that both write: also on two nodes of a cluster, where of two transactions that write a row one
/// is refused.
package struct BookPins {
    package static let table = "pnbook_pins"

    private let connection: any Connection

    init(_ connection: any Connection) {
        self.connection = connection
    }

    private static let columns = "book_id, version, note, pinned_by, pinned_at"

    // MARK: Reading

    /// All pins by their books' ids, also of books that no longer exist.
    ///
    /// An account that was given its rights before there were pins may not read them, nor can it know whether the table exists: then there
    /// are none if none was ever set.
    ///
    /// - Throws: `DatabaseError`, kind `missingRight`, where there may be pins that this account may not read.
    func all() throws -> [Int64: BookPin] {
        do {
            return try read()
        } catch let error as DatabaseError where error.isOfUnusableTable {
            if error.kind == .missingTable { return [:] }
            guard try !haveBeenUsed() else { throw error }
            return [:]
        }
    }

    /// All pins that this account may read: for lists, from which nothing is decided.
    func readable() throws -> [Int64: BookPin] {
        do {
            return try read()
        } catch let error as DatabaseError where error.isOfUnusableTable {
            return [:]
        }
    }

    private func read() throws -> [Int64: BookPin] {
        let pins = try connection.rows("SELECT \(raw: Self.columns) FROM pnbook_pins") { row in
            BookPin(
                bookID: row.integer(0) ?? 0, version: row.text(1) ?? "", note: row.text(2) ?? "", by: row.text(3) ?? "",
                at: row.text(4).flatMap(Instant.init(sqlText:)) ?? Instant(milliseconds: 0))
        }
        return Dictionary(pins.map { ($0.bookID, $0) }) { first, _ in first }
    }

    // MARK: Writing

    /// Stores a pin in place of another one of its book.
    ///
    /// - Throws: ``PinRefusal/noTable``.
    func put(_ pin: BookPin) throws {
        do {
            try connection.execute(
                """
                REPLACE INTO pnbook_pins (\(raw: Self.columns))
                VALUES (\(pin.bookID), \(pin.version), \(pin.note), \(pin.by), \(pin.at.sqlText))
                """)
        } catch let error as DatabaseError where error.kind == .missingTable {
            throw PinRefusal.noTable
        }
    }

    func remove(_ book: Int64) throws {
        try connection.execute("DELETE FROM pnbook_pins WHERE book_id = \(book)")
    }

    // MARK: Excluding removals

    /// The row of `pnbook_fences` that pins and removals write. Its `task_id` says whether a book was ever pinned; an account that may
    /// remove books may read it, whatever rights it has on the table of pins.
    private static let fence = (work: "pins", used: "pinned", unused: "never")

    /// Makes sure that no pin is set by another transaction until this one ends, or that no book is removed.
    ///
    /// - Parameter pinning: whether the transaction is about to set a pin.
    func hold(pinning: Bool = false) throws {
        let update: SQL =
            if pinning {
                """
                UPDATE pnbook_fences SET token = token + 1, task_id = \(Self.fence.used) WHERE work = \(Self.fence.work)
                """
            } else {
                "UPDATE pnbook_fences SET token = token + 1 WHERE work = \(Self.fence.work)"
            }
        if try connection.execute(update) > 0 { return }
        do {
            try connection.execute(
                """
                INSERT INTO pnbook_fences (work, token, task_id)
                VALUES (\(Self.fence.work), 1, \(pinning ? Self.fence.used : Self.fence.unused))
                """)
        } catch let error as DatabaseError where error.kind == .uniqueViolation {
            try connection.execute(update)
        }
    }

    private func haveBeenUsed() throws -> Bool {
        do {
            return try connection.first("SELECT task_id FROM pnbook_fences WHERE work = \(Self.fence.work)") {
                $0.text(0) == Self.fence.used
            } ?? false
        } catch let error as DatabaseError where error.isOfUnusableTable {
            return true
        }
    }
}
