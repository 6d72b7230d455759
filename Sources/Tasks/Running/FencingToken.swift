package import Database

/// The fencing token of each kind of work, in the database of the work itself.
///
/// Every run raises the token when it begins and validates it inside the transaction that publishes: a run that was
/// presumed dead finds another token and publishes nothing, however late it wakes up.
package struct FencingToken {
    package static let table = "pnbook_fences"

    /// The token this run holds.
    package let token: Int64
    private let work: WorkKind

    /// Raises the token, which fences off every run before this one.
    ///
    /// A run presumed dead cannot fence off its successor: the successor fails the old task before it raises the token, and
    /// this initialiser checks the task again while it holds the lock of the token's row.
    ///
    /// - Throws: ``Cancelled`` with ``CancellationToken/Reason/revoked``.
    package init(raising work: WorkKind, on connection: any Connection, for task: RunningTask) throws {
        self.work = work
        let taskID = task.id
        token = try connection.transaction(.write) {
            let raised = try connection.execute(
                "UPDATE pnbook_fences SET token = token + 1, task_id = \(taskID) WHERE work = \(work.rawValue)")
            if raised == 0 {
                try connection.execute(
                    "INSERT INTO pnbook_fences (work, token, task_id) VALUES (\(work.rawValue), 1, \(taskID))")
            }
            try task.confirm()
            return try connection.first("SELECT token FROM pnbook_fences WHERE work = \(work.rawValue)") {
                $0.integer(0) ?? 0
            } ?? 0
        }
    }

    /// Makes sure, inside the caller's write transaction, that no later run has begun; none can raise the token before that
    /// transaction ends.
    ///
    /// - Throws: ``Cancelled`` with ``CancellationToken/Reason/revoked``.
    package func validate(on connection: any Connection) throws {
        let lock = connection.engine.dialect.holdingRows
        let current = try connection.first(
            "SELECT token FROM pnbook_fences WHERE work = \(work.rawValue)\(raw: lock)"
        ) { $0.integer(0) ?? 0 }
        if current != token { throw Cancelled(reason: .revoked) }
    }

    /// Waits until no transaction that has validated the token is in flight: whatever it did is then either committed or
    /// rolled back.
    package static func waitForInFlightTransactions(of work: WorkKind, on connection: any Connection) throws {
        let lock = connection.engine.dialect.holdingRows
        try connection.transaction(.write) {
            _ = try connection.count("SELECT token FROM pnbook_fences WHERE work = \(work.rawValue)\(raw: lock)")
        }
    }
}
