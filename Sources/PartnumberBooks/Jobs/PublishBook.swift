package import Chronology
package import Database
package import ErrorModel

/// A book once it is published.
package struct PublishedBook: Sendable, Hashable {
    package var id: Int64
    package var version: String
    package var createdAt: Instant
    package var createdBy: String
    package var items: Int
    package var partnumbers: Int
    package var digest: String
}

/// Writes a book: header, items and the switch become visible in one commit (<doc:Publishing#One-commit>).
struct PublishBook {
    let connection: any Connection
    let now: Instant
    let zone: Zone
    let createdBy: String
    let taskID: String
    /// Who asked for the run.
    let trigger: String
    let allowShrink: Bool

    /// Publishes what `builder` holds.
    ///
    /// The guards are asked once the last item is counted, inside the transaction: a refusal leaves no trace.
    ///
    /// - Parameters:
    ///   - progress: told now and then how many items have been written.
    ///   - commit: ends the transaction; see ``CommitResolver``.
    func publish(
        _ builder: BookBuilder, progress: (_ items: Int) throws -> Void, commit: (any Connection) throws -> Void
    ) throws -> (book: PublishedBook, tallies: BookTallies) {
        let shelf = BookRepository(connection)
        try connection.begin(.write)
        do {
            let active = try shelf.activeBook().map { (items: try shelf.knownItems(of: $0.id), version: $0.version) }
            let version = BookVersion.next(
                on: zone.date(at: now), after: try shelf.versions(on: zone.date(at: now)))
            let createdAt = try self.createdAt(shelf)
            let id = try shelf.insert(version: version.description, createdAt: createdAt, createdBy: createdBy)
            // Left by another program, they would become this book's.
            if try shelf.items.exist(in: id) { throw PublicationError.strayItems(id) }
            let tallies = try insertItems(of: builder, bookID: id, progress: progress)
            try PublicationGuards.check(tallies, active: active, allowShrink: allowShrink)
            let book = PublishedBook(
                id: id, version: version.description, createdAt: createdAt, createdBy: createdBy, items: tallies.items,
                partnumbers: tallies.partnumbers, digest: tallies.digest)
            try shelf.ledger.insert(book, taskID: taskID)
            try shelf.activate(id, by: .init(name: trigger, taskID: taskID, now: now))
            try PublishedHeader(id, on: connection).requireEqual(to: book)
            try commit(connection)
            return (book, tallies)
        } catch {
            try connection.rollback(after: error)
            // The rules hold every limit of our own tables: this one is an adopted table's.
            if let error = error as? DatabaseError, [.constraintViolation, .dataTooLong].contains(error.kind) {
                throw PublicationError.refusedByTable(error)
            }
            throw error
        }
    }

    /// Now, but later than every older book, also when the clock went back.
    private func createdAt(_ shelf: BookRepository) throws -> Instant {
        guard let newest = try shelf.newestCreation() else { return now }
        return max(now, newest.advanced(byMilliseconds: 1))
    }

    private func insertItems(
        of builder: BookBuilder, bookID: Int64, progress: (Int) throws -> Void
    ) throws -> BookTallies {
        let insert = try BookRepository(connection).items.bulkInsert(into: bookID)
        var steps = 0
        let tallies: BookTallies
        do {
            tallies = try ItemInsertPipeline(builder, into: insert).send { items in
                guard items / ProgressStep.rows > steps else { return }
                steps = items / ProgressStep.rows
                try progress(items)
            }
        } catch let error as DatabaseError where error.kind == .uniqueViolation {
            // No two items of a book are the same by bytes: this is a key of an adopted table that sees it otherwise.
            throw PublicationError.keyCollision(error)
        }
        guard insert.rowsWritten == tallies.items else {
            throw PublicationError.itemsLost(written: insert.rowsWritten, of: tallies.items)
        }
        return tallies
    }
}

/// What must not happen while publishing, and was noticed. Nothing was published.
package enum PublicationError: Diagnosable {
    case itemsLost(written: Int, of: Int)
    case notActivated(Int64)
    /// The database gave the book an id that no client can hold.
    case unusableID(Int64)
    /// The new book's id has items already.
    case strayItems(Int64)
    /// A constraint or a type of an adopted table refuses a row of the book.
    case refusedByTable(DatabaseError)
    /// Two different items are one key to the table.
    case keyCollision(DatabaseError)
    /// The database changed a header that nobody asked it to change.
    case changedByItself(header: String, from: String, to: String)

    package var description: String {
        switch self {
        case .itemsLost(let written, let items):
            "the database took \(written) of \(items) items without an error; nothing was published"
        case .notActivated(let id):
            "the header of book \(id) was gone before it could be activated; nothing was published"
        case .unusableID(let id):
            "the database gave the book the id \(id), which no client can hold; nothing was published"
        case .strayItems(let id):
            "the new book would have the id \(id), and qt_partnumber_book_items has items of that id without a book; nothing was "
                + "published"
        case .refusedByTable(let cause):
            "\(cause): the table refuses a row that the book needs; nothing was published"
        case .keyCollision(let cause):
            "\(cause): two different items of the book are one key to the table; nothing was published"
        case .changedByItself(let header, let from, let to):
            "the header of \(header) changed while another one was made active, from \(from) to \(to); nothing was published"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .changedByItself, .keyCollision, .unusableID, .strayItems, .refusedByTable: .schema
        case .itemsLost, .notActivated: .failed
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .itemsLost, .notActivated: nil
        case .unusableID: .text("Look at the AUTO_INCREMENT of qt_partnumber_books")
        case .strayItems:
            .sql(["DELETE FROM qt_partnumber_book_items WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books);"])
        case .refusedByTable(let cause):
            .text(
                "Look at its constraints and types: \(cause.engine.dialect.showsTable) qt_partnumber_books, "
                    + "qt_partnumber_book_items")
        case .keyCollision(let cause):
            .steps([
                .diagnose,
                .text("A collation that compares bytes tells them apart (\(cause.engine.dialect.byteCollation))"),
            ])
        case .changedByItself:
            .text(
                "Where no other program has done that, look for triggers on qt_partnumber_books and for columns with "
                    + "ON UPDATE")
        }
    }
}
