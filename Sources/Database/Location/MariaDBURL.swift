/// A MariaDB schema on a server, or on several servers that hold the same.
package struct MariaDBURL: Hashable, Sendable {
    package enum TLS: String, CaseIterable, Sendable {
        case disable
        /// Encrypted, the server's certificate not verified.
        case require
        /// Encrypted, the certificate verified against the given CA; the host that it names does not matter.
        case verifyCA = "verify-ca"
        /// Encrypted, the certificate verified against the CA and the host name.
        case verifyFull = "verify-full"
    }

    package var user: String?
    /// The servers in the order in which they are tried; at least one.
    package var hosts: [MariaDBHost]
    /// A Unix socket's path; then host and port are ignored.
    package var socket: String?
    package var schema: String
    /// Nil for the default: nothing over a socket, ``TLS/verifyFull`` over TCP.
    package var tls: TLS?
    package var tlsCA: String?
    /// Whether a server may be written to although it replicates another one.
    package var writesToReplica = false

    package init(
        user: String?, host: String, port: UInt16? = nil, socket: String? = nil, schema: String, tls: TLS? = nil,
        tlsCA: String? = nil
    ) {
        self.init(
            user: user, hosts: [MariaDBHost(host, port: port)], socket: socket, schema: schema, tls: tls, tlsCA: tlsCA)
    }

    /// - Parameter hosts: at least one.
    package init(
        user: String?, hosts: [MariaDBHost], socket: String? = nil, schema: String, tls: TLS? = nil,
        tlsCA: String? = nil
    ) {
        self.user = user
        self.hosts = hosts
        self.socket = socket
        self.schema = schema
        self.tls = tls
        self.tlsCA = tlsCA
    }

    /// The same schema on one of the servers.
    package func on(_ host: MariaDBHost) -> MariaDBURL {
        var location = self
        location.hosts = [host]
        return location
    }

    // MARK: Of one server

    /// The name of the first host: of the only one where a single server is meant.
    package var host: String {
        get { hosts[0].name }
        set { hosts[0].name = newValue }
    }

    /// The port of the first host; nil for the default.
    package var port: UInt16? {
        get { hosts[0].port }
        set { hosts[0].port = newValue }
    }

    /// The mode in force for the first host.
    package var effectiveTLS: TLS {
        tls ?? (isLocalSocket ? .disable : .verifyFull)
    }

    /// Whether the first host is reached over a socket of this machine.
    package var isLocalSocket: Bool { socket != nil || hosts[0].isLocalSocket }

    package var description: String {
        "mariadb://" + (user.map { URLPart.encoded($0, "@") + "@" } ?? "")
            + hosts.map(\.description).joined(separator: ",") + "/" + URLPart.encoded(schema, "?")
            + (socket.map { "?socket=\(URLPart.encoded($0, "&"))" } ?? "")
    }
}
