package import Chronology
package import Database
package import ErrorModel
package import Tasks

/// Makes an existing book the active one: <doc:Publishing#Rolling-back-and-forward>.
package struct ActivateBook {
    private let now: Instant
    private let connect: () throws -> any Connection
    private let release: () -> Void

    /// What became of it.
    package struct Report: Sendable {
        package let book: BookHeader
        package let items: Int
        /// What was active until then; nil where nothing was.
        package let before: BookHeader?
        /// The commit's answer was lost, and a look afterwards found the book active.
        package let wasFoundActive: Bool
    }

    /// - Parameters:
    ///   - now: when the switch is recorded.
    ///   - connect: makes a new connection that may write.
    ///   - release: called where the next connection may be made to another server: before a look what became of the commit.
    package init(
        now: Instant, connect: @escaping () throws -> any Connection, release: @escaping () -> Void = {}
    ) {
        self.now = now
        self.release = release
        self.connect = connect
    }

    /// Activates the book that `name` names, as ``BookRepository/book(named:)`` takes it.
    ///
    /// - Throws: ``ActivationRefusal`` where the book is not whole.
    package func run(_ name: String, _ task: RunningTask) throws -> Report {
        let connection = try connect()
        defer { connection.close() }
        task.cancellation.add(try connection.interrupter())
        defer { task.cancellation.removeInterrupters() }
        let fence = try FencingToken(raising: .books, on: connection, for: task)
        let shelf = BookRepository(connection)
        let book = try shelf.book(named: name)
        try task.report("checking the book", percent: 0, detail: book.version)
        let items = try Self.requireWhole(book, shelf, task)
        let committer = CommitResolver(
            task: task, fence: fence,
            reconnect: {
                release()
                return try connect()
            },
            isApplied: { try BookRepository($0).activeBook()?.id == book.id })
        try connection.begin(.write)
        do {
            let before = try shelf.activeBook()
            try shelf.activate(
                book.id, by: .init(name: task.triggeredBy.description, taskID: task.id, now: now))
            // A book may have lost items since the look; a run that removes it takes its header as well.
            guard try shelf.items.exist(in: book.id) else { throw ActivationRefusal.noItems(book.version) }
            let finding = try committer.commit(connection)
            return Report(book: book, items: items, before: before, wasFoundActive: finding == .foundDone)
        } catch {
            try connection.rollback(after: error)
            throw error
        }
    }

    /// - Returns: how many items the book has.
    private static func requireWhole(_ book: BookHeader, _ shelf: BookRepository, _ task: RunningTask) throws -> Int {
        let measure = try shelf.items.measure(book.id) { items in
            try task.report("checking the book", percent: 0, count: TaskCount(items, "items"))
        }
        let recorded = measure.items == 0 ? nil : try shelf.ledgerEntry(of: book.id)
        switch BookFlaw(items: measure.items, digest: measure.digest, recorded: recorded) {
        case nil: return measure.items
        case .noItems?: throw ActivationRefusal.noItems(book.version)
        case .changed(let recordedItems)?:
            throw ActivationRefusal.changed(book.version, items: measure.items, recorded: recordedItems)
        }
    }
}

/// Why a book was not made the active one. Nothing was changed.
package enum ActivationRefusal: Diagnosable, Hashable {
    case noItems(String)
    case changed(String, items: Int, recorded: Int)

    package var text: DisplayText {
        switch self {
        case .noItems(let version):
            "\(version) has no items and is not activated; the active book is unchanged"
        case .changed(let version, let items, let recorded):
            "\(version) is not what it was when it was made: it has \(items) items, and \(recorded) were recorded, or their "
                + "texts differ. It is not activated; the active book is unchanged"
        }
    }

    package var category: ErrorCategory { .refused }

    package var remedy: Remedy? {
        switch self {
        case .noItems: nil
        case .changed: .createBook()
        }
    }
}
