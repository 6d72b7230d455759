import Foundation

/// What the proxies need of sockets.
enum UnixAddress {
    static func with<Result>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }

    /// - Returns: false where the other side is gone.
    static func writeAll(_ descriptor: Int32, _ bytes: [UInt8], _ count: Int) -> Bool {
        var written = 0
        while written < count {
            let step = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress.map { $0 + written }, count - written, Int32(MSG_NOSIGNAL))
            }
            guard step > 0 else { return false }
            written += step
        }
        return true
    }
}
