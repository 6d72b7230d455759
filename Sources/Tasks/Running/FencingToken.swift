package import Database

/// The fencing token of each kind of work, in the database of the work itself.
///
/// Every run puts its name beside the token when it begins, and validates it inside the transaction that publishes: a run that
/// was presumed dead finds another's name and publishes nothing, however late it wakes up.
///
/// Whoever looks at the token raises it. A row that is only read and locked is a matter of one node; of two transactions on two
/// nodes of a cluster that have both written it, one is undone.
package struct FencingToken {
    package static let table = "pnbook_fences"

    private let taskID: String
    private let work: WorkKind

    /// Takes the token, which fences off every run before this one.
    ///
    /// A run presumed dead cannot fence off its successor: the successor fails the old task before it takes the token, and
    /// this initialiser checks the task again while it holds the lock of the token's row.
    ///
    /// - Throws: ``Cancelled`` with ``CancellationToken/Reason/revoked``.
    package init(raising work: WorkKind, on connection: any Connection, for task: RunningTask) throws {
        self.work = work
        taskID = task.id
        let id = task.id
        try connection.transaction(.write) {
            let raised = try connection.execute(
                "UPDATE pnbook_fences SET token = token + 1, task_id = \(id) WHERE work = \(work.rawValue)")
            if raised == 0 {
                try connection.execute(
                    "INSERT INTO pnbook_fences (work, token, task_id) VALUES (\(work.rawValue), 1, \(id))")
            }
            try task.confirm()
        }
    }

    /// Makes sure, inside the caller's write transaction, that no later run has begun; none can take the token before that
    /// transaction ends, and on another node of a cluster none that takes it and this transaction are both committed.
    ///
    /// - Throws: ``Cancelled`` with ``CancellationToken/Reason/revoked``.
    package func validate(on connection: any Connection) throws {
        let held = try connection.execute(
            "UPDATE pnbook_fences SET token = token + 1 WHERE work = \(work.rawValue) AND task_id = \(taskID)")
        if held == 0 { throw Cancelled(reason: .revoked) }
    }

    /// Waits until no transaction that has validated the token is in flight: whatever it did is then either committed or
    /// rolled back. One that another node has yet to commit can no longer be committed.
    package static func settleInFlightTransactions(of work: WorkKind, on connection: any Connection) throws {
        _ = try connection.transaction(.write) {
            try connection.execute("UPDATE pnbook_fences SET token = token + 1 WHERE work = \(work.rawValue)")
        }
    }
}
