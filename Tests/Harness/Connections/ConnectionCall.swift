package import Database

/// A call of a connection that a ``ForwardingConnection`` is about to pass on, or has passed on.
package enum ConnectionCall {
    case execute(SQL)
    case forEachRow(SQL)
    case begin(TransactionMode)
    case commit
    case rollback
    case bulkInsert(table: String)
    /// A batch of a bulk insert is sent.
    case send
    case checkCapacity
    case columns(table: String)
    case describe([String])
    case variables([String])
    case report
    case missingRights
    case tryLock(String)
    case unlock(String)
    case locksAreClusterWide

    /// The statement of a call that changes something; nil for any other call.
    package var change: String? {
        switch self {
        case .execute(let sql): sql.text
        case .rollback: "ROLLBACK"
        default: nil
        }
    }
}
