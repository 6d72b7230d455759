package import Chronology
package import Database
package import ErrorModel
package import Retention
package import Tasks

/// Retention carried out: plan, bound, removal (<doc:Counting#Carrying-out>).
package struct BookPruner {
    private let connection: any Connection
    private let policy: RetentionPolicy
    private let now: Instant
    private let timing: RetryTiming

    /// - Parameter timing: of the pauses before a removal is tried again.
    package init(
        _ connection: any Connection, policy: RetentionPolicy, now: Instant, timing: RetryTiming = .system
    ) {
        self.connection = connection
        self.policy = policy
        self.now = now
        self.timing = timing
    }

    /// What would stay and go, and changes nothing.
    ///
    /// - Parameter justMade: the book that the asking run has published.
    package func plan(justMade: Int64? = nil) throws -> PrunePlan {
        let shelf = BookRepository(connection)
        let books = try shelf.books()
        return PrunePlan(books: books, marks: try shelf.marks(of: books), policy: policy, now: now, justMade: justMade)
    }

    /// Removes what `plan` removes, each book in a transaction of its own: items first, then the header.
    ///
    /// - Parameters:
    ///   - fence: validated in each transaction, so that a run that was presumed dead removes nothing more.
    ///   - progress: told before each book which one it is and how many there are.
    /// - Returns: the plan as it was carried out: a book that was pinned since it was made is kept.
    /// - Throws: ``PruneError`` with what was removed before.
    @discardableResult
    package func carryOut(
        _ plan: PrunePlan, fence: FencingToken?, progress: (_ index: Int, _ of: Int, BookHeader) throws -> Void
    ) throws -> PrunePlan {
        var outcome = plan
        var removed: [String] = []
        var held: (book: BookHeader, cause: DatabaseError)?
        let hasLedger = try plan.removed.isEmpty || !connection.describe([BookLedger.table]).isEmpty
        for (index, entry) in plan.removed.enumerated() {
            do {
                try progress(index, plan.removed.count, entry.book)
                let pin = try Self.retries.run(timing) { try remove(entry.book, fence, hasLedger) }
                if let pin {
                    outcome.spare(pin)
                    continue
                }
            } catch let error as DatabaseError where [.constraintViolation, .full].contains(error.kind) {
                // Rows of another table refer to it, or it is more than a transaction may hold: it stays, and the others go all the
                // same.
                held = held ?? (entry.book, error)
                continue
            } catch {
                throw PruneError(book: entry.book.version, removedBefore: removed, cause: error)
            }
            removed.append(entry.book.version)
        }
        if let held { throw PruneError(book: held.book.version, removedBefore: removed, cause: held.cause) }
        return outcome
    }

    /// How often the removal of a book is begun after a deadlock, a lock wait or a snapshot conflict.
    package static let attempts = 3

    private static let retries = RetryPolicy(
        .attempts(attempts), delay: .growing(0.1...0.5), after: DatabaseError.isConflict)

    /// - Returns: the pin that keeps the book, which is then whole; nil where the book is gone.
    private func remove(_ book: BookHeader, _ fence: FencingToken?, _ hasLedger: Bool) throws -> BookPin? {
        let repository = BookRepository(connection)
        let removal = try repository.items.removal(from: book.id)
        return try connection.transaction(.write) {
            try fence?.validate(on: connection)
            // Asked again at the last moment, as below: a book that was pinned since the plan was made stays. None can be pinned now.
            try repository.pins.hold()
            if let pin = try repository.pins.all()[book.id] { return pin }
            try connection.execute(removal)
            // A book that has become active since the plan was made stays.
            guard try repository.removeInactive(book.id) else { throw BookChangedMeanwhile(version: book.version) }
            if hasLedger { try repository.ledger.markRemoved(book.id, at: now) }
            return nil
        }
    }
}

/// A removal that stopped. Books are removed whole or not at all.
package struct PruneError: Diagnosable {
    package let book: String
    package let removedBefore: [String]
    package let cause: any Error

    package init(book: String, removedBefore: [String], cause: any Error) {
        self.book = book
        self.removedBefore = removedBefore
        self.cause = cause
    }

    package var text: DisplayText {
        let before: DisplayText =
            removedBefore.isEmpty
            ? "no book was removed" : "removed before it: \(removedBefore.joined(separator: ", "))"
        return "removing \(book) failed: \(cause). It is still whole; \(before)"
    }

    package var category: ErrorCategory { ErrorCategory(of: cause) }
    package var remedy: Remedy? { Remedy(for: cause) }

    /// With what to do about it, for a report in which it is not the error.
    var textWithAdvice: DisplayText {
        guard case .text(let advice)? = (cause as? DatabaseError)?.advice else { return text }
        return "\(text). \(advice)"
    }
}

/// A book that was activated or removed by another program between plan and removal.
package struct BookChangedMeanwhile: Diagnosable {
    package let version: String

    package var text: DisplayText {
        "\(version) has become active or was removed since the plan was made"
    }

    package var category: ErrorCategory { .failed }
    package var remedy: Remedy? { .tryAgain }
}
