/// What a transaction is for.
package enum TransactionMode: Sendable {
    /// Read-only, and everything read in it is of one instant: that of ``Connection/begin(_:)``.
    case snapshot
    /// Writes, kept or undone together. SQLite takes its one writer's place at once.
    case write
}
