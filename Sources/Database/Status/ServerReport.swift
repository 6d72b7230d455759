/// One of a URL's servers, for diagnostics.
package struct ServerReport: Sendable {
    /// What a server says of itself.
    package struct Answer: Sendable {
        /// `10.11.19-MariaDB`.
        package let version: String
        /// The node's name in its cluster, or the host's own name.
        package let name: String
        /// Nil where the server is not part of a cluster.
        package let cluster: ClusterReport?
        /// Write sets of other nodes that have come and are not applied yet.
        package let waitingWriteSets: Int
        package let isReadOnly: Bool
        /// Nil where the server is not known to replicate another one.
        package let replication: ReplicationReport?

        package init(
            version: String, name: String, cluster: ClusterReport?, waitingWriteSets: Int, isReadOnly: Bool,
            replication: ReplicationReport?
        ) {
            self.version = version
            self.name = name
            self.cluster = cluster
            self.waitingWriteSets = waitingWriteSets
            self.isReadOnly = isReadOnly
            self.replication = replication
        }
    }

    /// `db1.example:3306`, and with one of a name's addresses `db.example:3306 (10.0.0.7)`.
    package let label: String
    /// Or why it cannot be reached.
    package let answer: Result<Answer, DatabaseError>

    package init(label: String, answer: Result<Answer, DatabaseError>) {
        self.label = label
        self.answer = answer
    }
}
