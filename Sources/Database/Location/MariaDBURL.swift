/// A MariaDB schema on a server.
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
    package var host: String
    /// Nil for the default, 3306.
    package var port: UInt16?
    /// A Unix socket's path; then host and port are ignored.
    package var socket: String?
    package var schema: String
    /// Nil for the default: nothing over a socket, ``TLS/verifyFull`` over TCP.
    package var tls: TLS?
    package var tlsCA: String?

    package init(
        user: String?, host: String, port: UInt16? = nil, socket: String? = nil, schema: String, tls: TLS? = nil,
        tlsCA: String? = nil
    ) {
        self.user = user
        self.host = host
        self.port = port
        self.socket = socket
        self.schema = schema
        self.tls = tls
        self.tlsCA = tlsCA
    }

    /// The mode in force.
    package var effectiveTLS: TLS {
        tls ?? (isLocalSocket ? .disable : .verifyFull)
    }

    /// `localhost` means the client library's default socket, as everywhere in MariaDB; `127.0.0.1` means TCP.
    package var isLocalSocket: Bool {
        socket != nil || (host == "localhost" && port == nil)
    }

    package var description: String {
        let name = URLPart.encoded(host, "")
        // Only an address has a colon, or a zone behind a percent sign.
        let server = host.contains { ":%".contains($0) } ? "[\(name)]" : name
        return "mariadb://" + (user.map { URLPart.encoded($0, "@") + "@" } ?? "") + server
            + (port.map { ":\($0)" } ?? "") + "/" + URLPart.encoded(schema, "?")
            + (socket.map { "?socket=\(URLPart.encoded($0, "&"))" } ?? "")
    }
}
