import Database
import Pipelines

/// Counts what a new book changes while it is being made: the book before it is read at the same time, on a connection and a
/// thread of its own, and both are merged on the thread that merges the new one.
///
/// Nothing here may cost the new book, or hold it up: what fails or does not come in time is kept, and the changes stay unknown.
final class ChangeCounter {
    /// The book before.
    let since: BookName
    /// Why the changes are not known.
    private(set) var failure: (any Error)?
    private var merge: BookMerge?
    private let interrupter: (any Interrupter)?
    private var hasEnded = false

    /// Begins to read the book before.
    ///
    /// - Parameters:
    ///   - connection: used by nothing else until the counter is gone.
    ///   - patience: how long the new book may wait for the items of the old one, in all.
    ///   - needsOrder: fail where the engine would have to sort the old book before it has its first item.
    init(since: BookHeader, on connection: any Connection, patience: Duration, needsOrder: Bool) {
        self.since = BookName(since)
        interrupter = try? connection.interrupter()
        do {
            let cursor = try BookCursor(since.id, on: connection, patience: patience, needsOrder: needsOrder)
            merge = BookMerge(from: cursor, limit: 0)
        } catch {
            failure = error
        }
    }

    deinit {
        // The cursor waits for its thread, which may wait for a server that does not answer.
        if !hasEnded, failure == nil { try? interrupter?.interrupt() }
    }

    /// Takes the new book's next item.
    func add(_ item: BookItem) {
        guard failure == nil, let merge else { return }
        do {
            try merge.add(item)
        } catch {
            giveUp(after: error)
        }
    }

    /// To be called after the new book's last item.
    ///
    /// - Returns: nil after a ``failure``.
    func finish() -> BookChanges? {
        guard failure == nil, let merge else { return nil }
        do {
            let counts = try merge.finish().counts
            hasEnded = true
            return BookChanges(since: since, counts: counts)
        } catch {
            giveUp(after: error)
            return nil
        }
    }

    private func giveUp(after error: any Error) {
        failure = error
        // After any other error nothing is being read any more.
        if error is BatchQueueStalled { try? interrupter?.interrupt() }
    }
}
