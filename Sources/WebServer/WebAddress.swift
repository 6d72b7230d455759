/// Where a server listens.
package enum WebAddress: Sendable, Hashable {
    /// An IP address or a name of this machine, and a port; port 0 takes any that is free.
    case tcp(host: String, port: Int)
    /// A socket file with these permission bits, such as `0o660`. One that nobody listens on any more is replaced.
    case unix(path: String, mode: UInt32)
    /// A socket that listens already, as the service manager hands it over.
    case inherited(descriptor: Int32)
}
