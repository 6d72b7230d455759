import Foundation

/// Sockets of this machine: Unix sockets, and TCP ports of 127.0.0.1.
package enum LocalSocket {
    /// Listens on a Unix socket at a path, which must not exist yet.
    ///
    /// - Parameter queue: how many more clients than one may wait to be accepted.
    package static func listen(at path: String, queue: Int32 = 64) throws -> Int32 {
        let descriptor = try make(AF_UNIX)
        guard withAddress(path, { bind(descriptor, $0, $1) }) == 0, Glibc.listen(descriptor, queue) == 0 else {
            throw failure("listen at \(path)", closing: descriptor)
        }
        return descriptor
    }

    /// Listens on a TCP port of 127.0.0.1.
    ///
    /// - Parameter port: 0 for one that is free.
    /// - Returns: the descriptor and the port.
    package static func listen(onPort port: UInt16 = 0) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = try make(AF_INET)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && Glibc.listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isOpen else { throw failure("listen on port \(port)", closing: descriptor) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// A TCP port of 127.0.0.1 on which nothing listens; one of those that the kernel never gives out by itself, so that
    /// it stays free until a server takes it.
    package static func freePort() throws -> UInt16 {
        for _ in 1...100 {
            guard let (descriptor, port) = try? listen(onPort: .random(in: 20_000...29_999)) else { continue }
            close(descriptor)
            return port
        }
        throw TookTooLong(what: "a port is free")
    }

    /// Connects to the Unix socket at a path; nil where nothing listens there.
    package static func connect(to path: String) -> Int32? {
        guard let descriptor = try? make(AF_UNIX) else { return nil }
        if withAddress(path, { Glibc.connect(descriptor, $0, $1) }) == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    /// Sends all of `bytes`.
    ///
    /// - Returns: false where the other side is gone.
    @discardableResult
    package static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Waits for bytes and returns them; nil where the other side is gone.
    package static func receive(from descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            return count > 0 ? Array(buffer[..<count]) : nil
        }
    }

    private static func make(_ family: Int32) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ProgramError.notStarted("socket", errno) }
        return descriptor
    }

    private static func failure(_ what: String, closing descriptor: Int32) -> ProgramError {
        let number = errno
        close(descriptor)
        return .notStarted(what, number)
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
            place.copyBytes(from: path.utf8.prefix(place.count - 1))
            return path.utf8.count < place.count
        }
        guard fits else {
            errno = ENAMETOOLONG
            return -1
        }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
