package import Chronology
package import Database
import ErrorModel

/// Keeps a book for good, or lets it go (<doc:Counting#Pinned-books>).
///
/// No task, and no lock on the work: a pin must be possible while a run is at work. One that waits for the removal of its
/// book finds it gone and says so.
package struct PinBook {
    private let connection: any Connection
    private let timing: RetryTiming

    /// What became of it.
    package struct Report: Sendable {
        package let id: Int64
        package let version: String
        /// Whether the book exists; a pin may be left of one that was removed by hand.
        package let exists: Bool
        package let before: BookPin?
        package let after: BookPin?
    }

    /// - Parameter timing: of the pauses where another connection is in the way.
    package init(_ connection: any Connection, timing: RetryTiming = .system) {
        self.connection = connection
        self.timing = timing
    }

    private static let retries = RetryPolicy(
        .attempts(BookPruner.attempts), delay: .growing(0.1...0.5), after: DatabaseError.isConflict)

    /// Pins a book, or gives its pin another note. The same note again changes nothing.
    ///
    /// - Parameters:
    ///   - name: as ``BookRepository/book(named:)`` takes it.
    ///   - who: who pins, of at most 100 characters.
    /// - Throws: ``PinRefusal``, ``BookNotFound``.
    package func pin(_ name: String, note: String, by who: String, at now: Instant) throws -> Report {
        try BookPin.check(note: note)
        return try Self.retries.run(timing) {
            try connection.transaction(.write) {
                let shelf = BookRepository(connection)
                // Held before anything is read: what is read then is as the last removal left it.
                try shelf.pins.hold(pinning: true)
                let book = try shelf.book(named: name)
                let before = try shelf.pins.all()[book.id]
                let pin = BookPin(bookID: book.id, version: book.version, note: note, by: who, at: now)
                let isNew = before?.note != note
                if isNew { try shelf.pins.put(pin) }
                return Report(
                    id: book.id, version: book.version, exists: true, before: before, after: isNew ? pin : before)
            }
        }
    }

    /// Lets a pinned book go; one that is not pinned stays as it is. A pin of a book that is gone is named by that book's id or version.
    ///
    /// - Throws: ``BookNotFound``.
    package func unpin(_ name: String) throws -> Report {
        try Self.retries.run(timing) {
            try connection.transaction(.write) {
                let shelf = BookRepository(connection)
                let pins = try shelf.pins.all()
                let book: BookHeader
                do {
                    book = try shelf.book(named: name)
                } catch let error as BookNotFound {
                    guard let left = pins.values.first(where: { String($0.bookID) == name || $0.version == name })
                    else {
                        throw error
                    }
                    try shelf.pins.remove(left.bookID)
                    return Report(id: left.bookID, version: left.version, exists: false, before: left, after: nil)
                }
                let before = pins[book.id]
                if before != nil { try shelf.pins.remove(book.id) }
                return Report(id: book.id, version: book.version, exists: true, before: before, after: nil)
            }
        }
    }
}
