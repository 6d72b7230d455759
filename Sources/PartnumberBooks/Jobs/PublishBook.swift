package import Chronology
import Database
import ErrorModel

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

/// What a publication has made.
struct Publication {
    let book: PublishedBook
    let tallies: BookTallies
    /// The book that was active until then; nil where none was.
    let since: BookHeader?
    /// What the new one changes against it; nil where that was not found out on the way.
    let changes: BookChanges?
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
    /// For the changes against the active book, which is read there meanwhile.
    let reader: any Connection
    let tally: RunTally

    /// How long the new book may wait for the items of the active one, in all: far less than a server waits for a writer.
    private static let patience = Duration.seconds(5)

    /// Publishes what `builder` holds.
    ///
    /// The guards are asked once the last item is counted, inside the transaction: a refusal leaves no trace.
    ///
    /// - Parameters:
    ///   - progress: told now and then how many items have been written.
    ///   - commit: ends the transaction; see ``CommitResolver``.
    func publish(
        _ builder: BookBuilder, progress: (_ items: Int) throws -> Void, commit: (any Connection) throws -> Void
    ) throws -> Publication {
        let shelf = BookRepository(connection)
        try connection.begin(.write)
        do {
            let active = try shelf.activeBook()
            let activeSize = try active.map { (items: try shelf.knownItems(of: $0.id), version: $0.version) }
            let version = BookVersion.next(
                on: zone.date(at: now), after: try shelf.versions(on: zone.date(at: now)))
            let succession = try shelf.succession()
            let createdAt = createdAt(after: succession.newestCreation)
            let id = try shelf.insert(
                id: succession.id, version: version.description, createdAt: createdAt, createdBy: createdBy)
            // Left by another program, they would become this book's.
            if try shelf.items.exist(in: id) { throw PublicationError.strayItems(id) }
            let counter = active.map {
                ChangeCounter(since: $0, on: reader, patience: Self.patience, needsOrder: true)
            }
            let tallies = try insertItems(of: builder, bookID: id, counter, progress: progress)
            let changes = counter?.finish()
            tally.made(tallies, changes: changes)
            try PublicationGuards.check(tallies, active: activeSize, allowShrink: allowShrink)
            let book = PublishedBook(
                id: id, version: version.description, createdAt: createdAt, createdBy: createdBy, items: tallies.items,
                partnumbers: tallies.partnumbers, digest: tallies.digest)
            try shelf.ledger.insert(book, taskID: taskID)
            let replaced = try shelf.activate(id, by: .init(name: trigger, taskID: taskID, now: now))
            // Another one than at the beginning where another program has activated it meanwhile.
            let since =
                replaced == active?.id ? active : try replaced.map { try shelf.book(named: String($0)) }
            try PublishedHeader(id, on: connection).requireEqual(to: book)
            try commit(connection)
            return Publication(
                book: book, tallies: tallies, since: since,
                changes: changes?.since.id == since?.id ? changes : nil)
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
    private func createdAt(after newest: Instant?) -> Instant {
        guard let newest else { return now }
        return max(now, newest.advanced(byMilliseconds: 1))
    }

    private func insertItems(
        of builder: BookBuilder, bookID: Int64, _ counter: ChangeCounter?, progress: (Int) throws -> Void
    ) throws -> BookTallies {
        let insert = try BookRepository(connection).items.bulkInsert(into: bookID)
        var steps = 0
        let tallies: BookTallies
        do {
            tallies = try ItemInsertPipeline(builder, into: insert, counter: counter).send { items in
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
