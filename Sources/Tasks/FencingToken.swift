package import Database

/// The fencing token of each kind of work, in the database of the work itself.
///
/// Every run raises the token when it begins and looks at it inside the transaction that publishes: a run that was taken
/// for lost finds another token and publishes nothing, however late it wakes up.
package struct FencingToken {
    package static let table = "pnbook_fences"

    /// The token this run holds.
    package let token: Int64
    private let work: WorkKind

    /// Raises the token, so that every run before this one is shut out.
    ///
    /// A run that has been taken for lost meanwhile shuts nobody out: its task is asked once the token's row is held, and
    /// who takes a run for lost closes its task before raising the token.
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

    /// Makes sure, inside the caller's write transaction, that no later run has begun; none can raise the token before
    /// the transaction ends.
    ///
    /// - Throws: ``Cancelled`` with ``CancellationToken/Reason/revoked``.
    package func verify(on connection: any Connection) throws {
        let lock = connection.engine.dialect.holdingRows
        let current = try connection.first(
            "SELECT token FROM pnbook_fences WHERE work = \(work.rawValue)\(raw: lock)"
        ) { $0.integer(0) ?? 0 }
        if current != token { throw Cancelled(reason: .revoked) }
    }

    /// Waits until no transaction that has looked at the token is under way any more: what such a transaction did is then
    /// either committed or gone.
    package static func settle(_ work: WorkKind, on connection: any Connection) throws {
        let lock = connection.engine.dialect.holdingRows
        try connection.transaction(.write) {
            _ = try connection.count("SELECT token FROM pnbook_fences WHERE work = \(work.rawValue)\(raw: lock)")
        }
    }
}
