/// Where a server listens.
package enum WebAddress: Sendable, Hashable {
    /// An IP address, or a name of this machine, which may have several; port 0 takes any that is free.
    case tcp(host: String, port: Int)
    /// A socket file with these permission bits, such as `0o660`. One that no process listens on any more is replaced.
    case unix(path: String, mode: UInt32)
    /// A socket that listens already, as the service manager hands it over (``SocketActivation``).
    case inherited(descriptor: Int32)

    /// As people write it: `127.0.0.1:8080`, `[::1]:8080`, `/run/pnbook/web.sock`, `descriptor 3`.
    package var text: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path, _): path
        case .inherited(let descriptor): "descriptor \(descriptor)"
        }
    }
}
