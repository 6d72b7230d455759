import Database
import ErrorModel

/// What a node says of its cluster.
struct ClusterState {
    private let status: [String: String]

    /// Nil where the server is not a node.
    init?(of connection: MariaDBConnection) throws {
        guard connection.mayWaitForNodes else { return nil }
        let switches = try connection.textRows(connection.withoutWaiting("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'"))
        guard switches.first?.last??.uppercased() == "ON" else { return nil }
        let rows = try connection.textRows(
            connection.withoutWaiting(
                """
                SHOW GLOBAL STATUS WHERE variable_name IN ('wsrep_cluster_status', 'wsrep_local_state_comment',
                    'wsrep_ready', 'wsrep_cluster_size', 'wsrep_local_recv_queue')
                """))
        let pairs = rows.map { (($0.first ?? nil)?.lowercased() ?? "", ($0.last ?? nil) ?? "") }
        status = Dictionary(pairs) { first, _ in first }
    }

    var report: ClusterReport {
        ClusterReport(
            status: status["wsrep_cluster_status"] ?? "", state: status["wsrep_local_state_comment"] ?? "",
            isReady: status["wsrep_ready"] == "ON", nodes: status["wsrep_cluster_size"].flatMap(Int.init) ?? 0)
    }

    /// Write sets of other nodes that have come and are not applied yet.
    var waitingWriteSets: Int { status["wsrep_local_recv_queue"].flatMap(Int.init) ?? 0 }

    /// Why the node cannot be used; nil where it can.
    var problem: DisplayText? {
        let report = report
        if report.status == "Primary", report.isReady { return nil }
        return report.status == "Primary"
            ? "the node is not ready (wsrep_ready=OFF, \(report.state))"
            : "the node has lost its cluster (wsrep_cluster_status=\(report.status))"
    }
}

extension MariaDBConnection {
    /// A statement that does not wait for other nodes' writes: a node that has lost them could not answer, and says of that no more than
    /// of a row that another transaction holds.
    func withoutWaiting(_ statement: String) -> SQL {
        SQL(raw: mayWaitForNodes ? "SET STATEMENT wsrep_sync_wait = 0 FOR " + statement : statement)
    }

    /// What was met in place of a lock: the same error (1205) says that a node could not wait for the others.
    func explainedByCluster(_ error: DatabaseError) -> DatabaseError {
        guard error.code == 1205, mayWaitForNodes, let state = try? ClusterState(of: self) else { return error }
        var error = error
        if let problem = state.problem {
            error.kind = .connectionLost
            error.message = problem
        } else if state.waitingWriteSets > 0 {
            error.message =
                "\(error.message); or this node, \(state.waitingWriteSets.counted("write set")) behind its cluster, has not caught up in time"
        }
        return error
    }
}
