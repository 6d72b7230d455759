/// One of the servers that a URL names.
package struct MariaDBHost: Hashable, Sendable {
    /// A name or an address, without brackets.
    package var name: String
    /// Nil for the default, ``standardPort``.
    package var port: UInt16?

    package static let standardPort: UInt16 = 3306

    package init(_ name: String, port: UInt16? = nil) {
        self.name = name
        self.port = port
    }

    /// `localhost` means the client library's default socket, as everywhere in MariaDB; `127.0.0.1` means TCP.
    package var isLocalSocket: Bool { name == "localhost" && port == nil }

    /// As it is written in a URL.
    package var description: String {
        let encoded = URLPart.encoded(name, "")
        // Only an address has a colon, or a zone behind a percent sign.
        let server = name.contains { ":%".contains($0) } ? "[\(encoded)]" : encoded
        return server + (port.map { ":\($0)" } ?? "")
    }

    /// Name and port, for people: `db1.example:3306`.
    package var label: String {
        if isLocalSocket { return name }
        return (name.contains(":") ? "[\(name)]" : name) + ":\(port ?? Self.standardPort)"
    }
}
