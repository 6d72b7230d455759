package import Database
package import ErrorModel
import Tasks

/// Ends a publishing transaction, and finds out what became of it when the connection breaks meanwhile
/// (<doc:Publishing#A-lost-commit>).
struct CommitResolver {
    let task: RunningTask
    let fence: FencingToken
    /// Makes another connection to the same database.
    let reconnect: () throws -> any Connection
    /// Looks whether the committed change is applied.
    let isApplied: (any Connection) throws -> Bool

    /// What was found out about a commit whose answer was lost.
    enum Finding {
        /// The commit was answered.
        case answered
        /// The answer was lost, and the change is there.
        case foundDone
    }

    /// The server is given a minute to come back, and to end what the broken connection had begun.
    private static let retries = RetryPolicy(.time(.seconds(60)), delay: .constant(.milliseconds(500))) {
        $0 is DatabaseError
    }

    /// Commits. Nothing may stop the run in the course of it.
    ///
    /// - Throws: ``CommitLost`` where the answer was lost and the change is not there: then nothing was changed.
    func commit(_ connection: any Connection) throws -> Finding {
        try fence.validate(on: connection)
        try task.report("committing", percent: CreateBook.writeShare)
        // The last moment for it: whoever has been told that the run undoes its work relies on that.
        try task.heedRequest()
        return try task.cancellation.withCancellationDisabled {
            do {
                try connection.commit()
                return .answered
            } catch let error as DatabaseError where error.kind == .connectionLost {
                // A node that has left its cluster refuses the commit and keeps the transaction, and with it the token's row.
                connection.close()
                guard try isDone(losing: error) else { throw CommitLost(cause: error) }
                return .foundDone
            }
        }
    }

    /// Looks what became of the commit, once nothing can change it any more.
    ///
    /// The fence settles that: the broken connection's transaction holds the fence's row until it is committed or gone; and on
    /// another node of a cluster, which knows nothing of that row's lock, writing the row undoes a commit that is still on its
    /// way.
    private func isDone(losing error: DatabaseError) throws -> Bool {
        do {
            return try Self.retries.run {
                let connection = try reconnect()
                defer { connection.close() }
                try FencingToken.settleInFlightTransactions(of: .books, on: connection)
                return try isApplied(connection)
            }
        } catch let look as DatabaseError {
            throw OutcomeUnknown(commit: error, look: look)
        }
    }
}

/// The connection broke during the commit, and a look afterwards showed that nothing was changed.
package struct CommitLost: Diagnosable, TransactionEnded {
    package let cause: DatabaseError

    package var text: DisplayText {
        "the connection broke during the commit (\(cause)); looked afterwards: nothing was changed, the old book is active"
    }

    package var category: ErrorCategory { .failed }
    package var remedy: Remedy? { .tryAgain }
}

/// The connection broke during the commit, and the server did not come back to be asked.
package struct OutcomeUnknown: Diagnosable, TransactionEnded {
    package let commit: DatabaseError
    package let look: DatabaseError

    package var text: DisplayText {
        "the connection broke during the commit (\(commit)), and the database cannot be asked what became of it (\(look)); "
            + "either the old book or the new one is active, whole"
    }

    package var category: ErrorCategory { look.isOutage ? .unreachable : .failed }
    package var remedy: Remedy? { .checkBooks(retry: false) }
}
