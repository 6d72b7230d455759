import ErrorModel
import FoundationEssentials
import Glibc
import Operations
import WebServer

/// Where the page is served, as `--listen` says it.
enum ListenAddress: Hashable {
    /// An IP address, without brackets, and a port.
    case tcp(host: String, port: Int)
    case unix(path: String)
    /// The socket that systemd hands over.
    case systemd

    /// - Throws: `UsageError`.
    init(_ text: String) throws {
        if text == "systemd" {
            self = .systemd
        } else if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/"), path.utf8.count < 108 else {
                throw UsageError("--listen '\(text)' must name a socket by its full path, of at most 107 bytes")
            }
            self = .unix(path: path)
        } else {
            let (host, port) = try Self.hostAndPort(text)
            self = .tcp(host: host, port: port)
        }
    }

    private static func hostAndPort(_ text: String) throws -> (String, Int) {
        let error = UsageError(
            "--listen '\(text)' is not an address; write one such as 127.0.0.1:8787, [::1]:8787, unix:/run/pnbook/web.sock or systemd"
        )
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else { throw error }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard isAddress(host, AF_INET6) else { throw error }
        } else {
            if host == "localhost" { host = "127.0.0.1" }
            guard isAddress(host, AF_INET) else { throw error }
        }
        return (host, port)
    }

    private static func isAddress(_ host: String, _ family: Int32) -> Bool {
        var memory = in6_addr()
        return inet_pton(family, host, &memory) == 1
    }

    /// Whether only this machine reaches it; nil for what systemd decides.
    var isLocal: Bool? {
        switch self {
        case .tcp(let host, _): Self.isLoopback(host)
        case .unix: true
        case .systemd: nil
        }
    }

    static func isLoopback(_ host: String) -> Bool { host.hasPrefix("127.") || host == "::1" }

    /// Who may connect to a socket file: its user and group, such as nginx's.
    private static let socketMode: UInt32 = 0o660

    /// The address for the server.
    ///
    /// - Throws: `ConfigurationError` where systemd has handed over no socket, or more than one.
    func address(_ environment: [String: String]) throws -> WebAddress {
        switch self {
        case .tcp(let host, let port): .tcp(host: host, port: port)
        case .unix(let path): .unix(path: path, mode: Self.socketMode)
        case .systemd: .inherited(descriptor: try SystemdSocket.descriptor(environment))
        }
    }
}
