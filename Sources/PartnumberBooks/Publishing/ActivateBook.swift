import Chronology
package import Database
package import Tasks

/// Makes a book that stands the active one: a roll-back, or forward again. One commit, like a publication (CONTRACT 4).
package struct ActivateBook {
    private let connect: () throws -> any Connection

    /// What became of it.
    package struct Report: Sendable {
        package let book: BookHeader
        package let items: Int
        /// What was active until then; nil where nothing was.
        package let before: BookHeader?
        /// The connection broke during the commit, and a look afterwards found the book active.
        package let wasFoundActive: Bool
    }

    /// - Parameter connect: makes a new connection that may write.
    package init(connect: @escaping () throws -> any Connection) {
        self.connect = connect
    }

    /// Activates the book that `name` names: an id or a version.
    ///
    /// - Throws: ``ActivationRefusal`` where the book is not whole.
    package func run(_ name: String, _ task: TaskRun) throws -> Report {
        let connection = try connect()
        defer { connection.close() }
        task.cancellation.add(try connection.interrupter())
        defer { task.cancellation.removeInterrupters() }
        let fence = try Fence(raising: .books, on: connection, for: task)
        let shelf = BookShelf(connection)
        let book = try shelf.book(named: name)
        try task.report("checking the book", percent: 0, detail: book.version)
        let items = try Self.requireWhole(book, shelf)
        try task.report("activating", percent: CreateBook.writeShare)
        try connection.begin(.write)
        let before: BookHeader?
        do {
            before = try shelf.activeBook()
            try shelf.activate(book.id)
            // A book may have lost items since the look; whoever removes one takes its header as well.
            guard try shelf.hasItems(book.id) else { throw ActivationRefusal.noItems(book.version) }
            try fence.verify(on: connection)
        } catch {
            try connection.rollback(after: error)
            throw error
        }
        let wasFound = try commit(connection, book, task)
        return Report(book: book, items: items, before: before, wasFoundActive: wasFound)
    }

    /// Commits, and looks what became of it where the answer was lost.
    private func commit(_ connection: any Connection, _ book: BookHeader, _ task: TaskRun) throws -> Bool {
        try task.cancellation.sealing {
            do {
                try connection.commit()
                return false
            } catch let error as DatabaseError where error.kind == .connectionLost {
                let other = try connect()
                defer { other.close() }
                // The broken connection's transaction holds the fence's row until it is committed or gone.
                try Fence.settle(.books, on: other)
                guard try BookShelf(other).activeBook()?.id == book.id else { throw ActivationLost(cause: error) }
                return true
            }
        }
    }

    /// - Returns: how many items the book has.
    private static func requireWhole(_ book: BookHeader, _ shelf: BookShelf) throws -> Int {
        let measure = try shelf.measure(book.id)
        if measure.items == 0 { throw ActivationRefusal.noItems(book.version) }
        if let recorded = try shelf.ledgerEntry(of: book.id), recorded.digest != measure.digest {
            throw ActivationRefusal.changed(book.version, items: measure.items, recorded: recorded.items)
        }
        return measure.items
    }
}

/// Why a book was not made the active one. Nothing was changed.
package enum ActivationRefusal: Error, Hashable, CustomStringConvertible {
    case noItems(String)
    case changed(String, items: Int, recorded: Int)

    package var description: String {
        switch self {
        case .noItems(let version):
            "\(version) has no items and is not activated; the active book is unchanged"
        case .changed(let version, let items, let recorded):
            "\(version) is not what it was when it was made: it has \(items) items, and \(recorded) were recorded, or their "
                + "texts differ. It is not activated; the active book is unchanged. Make a new one with 'pnbook create'"
        }
    }
}

/// The connection broke during the commit, and a look afterwards showed that nothing was changed.
package struct ActivationLost: Error, CustomStringConvertible {
    package let cause: DatabaseError

    package var description: String {
        "the connection broke during the commit (\(cause)); looked afterwards: the book was not activated"
    }
}
