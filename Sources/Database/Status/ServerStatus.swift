/// Server and table status for diagnostics.
package struct ServerStatus: Sendable {
    /// Connections that a run has open at once: for its task, for reading and for writing. Cancelling it takes one more.
    package static let connectionsOfARun = 3

    /// In the engine's own words: `10.11.19-MariaDB`, `3.40.1`.
    package var version: String
    /// The account the server authenticated us as (`CURRENT_USER()`); nil on SQLite.
    package var user: String?
    /// Protocol and cipher; nil for an unencrypted connection and on SQLite.
    package var encryption: String?
    /// How this connection's server has proved its identity; nil for an unencrypted connection and on SQLite.
    package var trust: ServerTrust?
    /// Whether the server would encrypt a connection; nil where it does not say.
    package var offersTLS: Bool?
    /// How many connections the user may have at once; nil for no limit.
    package var maximumConnections: Int?
    package var isReadOnly: Bool
    /// Bytes of a statement at most; nil for no limit worth naming.
    package var maximumPacket: Int?
    /// How far the server's clock is ahead of ours, in milliseconds; nil where it is ours.
    package var clockDifference: Int64?
    /// Nil where the server is not part of a cluster.
    package var cluster: ClusterReport?
    /// The one of the URL's servers that has answered; nil on SQLite.
    package var server: MariaDBURL?
    /// Nil where the server is not known to replicate another one.
    package var replication: ReplicationReport?
    /// The ones that exist, in the order asked for.
    package var tables: [TableReport]

    package init(
        version: String, user: String? = nil, encryption: String? = nil, trust: ServerTrust? = nil,
        offersTLS: Bool? = nil, maximumConnections: Int? = nil, isReadOnly: Bool = false, maximumPacket: Int? = nil,
        clockDifference: Int64? = nil,
        cluster: ClusterReport? = nil,
        tables: [TableReport] = []
    ) {
        self.version = version
        self.user = user
        self.encryption = encryption
        self.trust = trust
        self.offersTLS = offersTLS
        self.maximumConnections = maximumConnections
        self.isReadOnly = isReadOnly
        self.maximumPacket = maximumPacket
        self.clockDifference = clockDifference
        self.cluster = cluster
        self.tables = tables
    }
}
