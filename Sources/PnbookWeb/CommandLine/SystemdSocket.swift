import ErrorModel
import FoundationEssentials
import Glibc
import Operations

/// The socket that systemd has opened for us (sd_listen_fds(3)).
enum SystemdSocket {
    private static let first: Int32 = 3

    /// Its descriptor, which no child inherits.
    ///
    /// - Throws: `ConfigurationError` where there is none, or more than one.
    static func descriptor(_ environment: [String: String]) throws -> Int32 {
        guard environment["LISTEN_PID"] == String(getpid()), let count = environment["LISTEN_FDS"].flatMap({ Int($0) }),
            count > 0
        else {
            throw ConfigurationError(
                "systemd has handed over no socket",
                remedy: .text("Start the service by its socket unit, or choose another --listen"))
        }
        guard count == 1 else { throw ConfigurationError("systemd has handed over \(count) sockets; one is served") }
        _ = fcntl(first, F_SETFD, FD_CLOEXEC)
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
        return first
    }

    /// Whether only this machine reaches a socket that listens.
    static func isLocal(_ descriptor: Int32) -> Bool {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) } == 0
        }
        guard isKnown else { return false }
        if Int32(address.ss_family) == AF_UNIX { return true }
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let isNamed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getnameinfo($0, length, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
            } == 0
        }
        return isNamed
            && ListenAddress.isLoopback(
                String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
}
