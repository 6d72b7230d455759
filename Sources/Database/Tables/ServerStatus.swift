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

/// How a client knows that an encrypted connection leads to the right server.
package enum ServerTrust: Sendable, Hashable {
    /// A CA has signed the certificate.
    ///
    /// - Parameters:
    ///   - ca: the file of the CA; nil for one that the system knows.
    ///   - host: whether the certificate had to be for the host's name as well.
    case certificate(ca: String?, host: Bool)
    /// No CA has signed the certificate, and the server has proved that it knows the account's password.
    case password
    /// The certificate has the fingerprint that the option file names.
    case fingerprint
    /// It does not know.
    ///
    /// - Parameter ownAddress: because the address is this machine's own, which the client library takes as it is; else
    ///   because the URL says so.
    case nothing(ownAddress: Bool)
}

/// A Galera node's state.
package struct ClusterReport: Sendable, Hashable {
    /// `Primary` where the node may write.
    package var status: String
    /// `Synced` where the node is up to date.
    package var state: String
    package var isReady: Bool
    package var nodes: Int

    package init(status: String, state: String, isReady: Bool, nodes: Int) {
        self.status = status
        self.state = state
        self.isReady = isReady
        self.nodes = nodes
    }
}

/// What a table takes and how it compares texts.
package struct TableReport: Sendable, Hashable {
    package var name: String
    /// With its indexes, as the engine estimates it; nil where it does not say.
    package var bytes: Int?
    /// Of each text column, by its name.
    package var collations: [String: String]

    package init(name: String, bytes: Int?, collations: [String: String]) {
        self.name = name
        self.bytes = bytes
        self.collations = collations
    }
}

/// What an account must be allowed to do with a table.
package struct RequiredPrivileges: Sendable {
    package enum Right: String, Sendable, CaseIterable {
        case select = "SELECT"
        case insert = "INSERT"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    package var table: String
    package var rights: [Right]

    package init(_ table: String, _ rights: [Right]) {
        self.table = table
        self.rights = rights
    }
}
