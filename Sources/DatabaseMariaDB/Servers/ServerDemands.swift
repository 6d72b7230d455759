import Database
import ErrorModel

/// What a server must be for a connection to it to be of use.
struct ServerDemands: Sendable {
    /// A node of a cluster must be ready, and in the part of it that may go on.
    var isReady = false
    /// It must take writes, and not be a copy that another server writes to.
    var isWritable = false

    /// - Throws: `DatabaseError`: of kind `unreachable` for a node that is not ready, `readOnly` for a server that is not to be
    ///   written to. ``RefusalOfAll`` where that is known of its whole cluster.
    func check(_ connection: MariaDBConnection) throws {
        if isReady, let problem = try ClusterState(of: connection)?.problem {
            throw DatabaseError(
                kind: .unreachable, engine: .mariadb, code: 1047, message: problem, place: connection.place,
                advice: .otherDatabase(what: "another node", alternative: "bring this one back into the cluster"))
        }
        guard isWritable else { return }
        try connection.requireWritable()
        if connection.options.location.writesToReplica { return }
        guard let replication = try connection.replication() else { return }
        let refusal = DatabaseError(
            kind: .readOnly, engine: .mariadb, code: 1290, message: replication.dangerOfWriting,
            place: connection.place,
            advice: .text(ReplicationReport.wayOut))
        // The other nodes are copies too, and do not know it.
        if replication.isNode { throw RefusalOfAll(error: refusal) }
        throw refusal
    }
}

/// What one server was refused for and holds for the others as well: none of them is tried.
struct RefusalOfAll: Error {
    let error: DatabaseError
}
