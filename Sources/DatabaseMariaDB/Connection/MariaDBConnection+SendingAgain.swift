import Database

extension MariaDBConnection {
    /// Until another statement's way is clear.
    private static let retries = RetryPolicy(.attempts(6), delay: .growing(0.01...0.05)) {
        ($0 as? DatabaseError)?.kind == .deadlock
    }

    /// What went wrong after something of the answer had been handed over.
    private struct Delivered: Error {
        let error: any Error
    }

    /// Sends a statement, and once more where another one's was in its way (1213): outside a transaction nothing of it was kept.
    ///
    /// A node of a cluster undoes whatever stands in the way of what the nodes have agreed on, such as a change of a table, however
    /// short it is, and be it a query.
    ///
    /// - Parameter send: sets its argument where it has handed over something that it would hand over again.
    func sendingAgain<Result>(_ send: (_ hasDelivered: inout Bool) throws -> Result) throws -> Result {
        var hasDelivered = false
        if isInTransaction { return try send(&hasDelivered) }
        do {
            return try Self.retries.run {
                do {
                    return try send(&hasDelivered)
                } catch  where hasDelivered {
                    throw Delivered(error: error)
                }
            }
        } catch let failure as Delivered {
            throw failure.error
        }
    }
}
