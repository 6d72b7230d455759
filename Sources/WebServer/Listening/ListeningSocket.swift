import Glibc

/// Sockets that listen, opened by the system's own calls: each failure is known by its error number, and all kinds of addresses
/// are handed to the event loop in one way.
struct ListeningSocket {
    let descriptor: Int32
    /// The socket file that was made, to be removed at the end.
    let file: UnixSocketFile?

    /// How many connections wait to be accepted.
    private static let backlog: Int32 = 512

    /// Opens all sockets of an address: one, or one for each address of a name.
    ///
    /// - Returns: the sockets, and the address with the port that they got.
    /// - Throws: ``WebServerError``; nothing is open then.
    static func open(_ address: WebAddress) throws -> (sockets: [ListeningSocket], address: WebAddress) {
        switch address {
        case .tcp(let host, let port):
            let (descriptors, taken) = try openTCP(host, port)
            return (descriptors.map { ListeningSocket(descriptor: $0, file: nil) }, .tcp(host: host, port: taken))
        case .unix(let path, let mode):
            return ([try openUnix(path, mode)], address)
        case .inherited(let descriptor):
            try adopt(descriptor)
            return ([ListeningSocket(descriptor: descriptor, file: nil)], address)
        }
    }

    func close() {
        Glibc.close(descriptor)
        file?.remove()
    }

    // MARK: TCP

    private static func openTCP(_ host: String, _ port: Int) throws -> ([Int32], Int) {
        var (descriptors, taken) = ([Int32](), port)
        do {
            var missing: WebServerError?
            for candidate in try SocketAddresses(host: host, port: port).all {
                do {
                    // All addresses of a name get the port that the first one got.
                    let descriptor = try openTCP(candidate.withPort(taken), .tcp(host: host, port: taken))
                    descriptors.append(descriptor)
                    taken = SocketAddresses.port(of: descriptor)
                } catch let error as WebServerError {
                    // A machine without IPv6 has ::1 among localhost's addresses all the same.
                    guard case .notOurs = error else { throw error }
                    missing = error
                }
            }
            if descriptors.isEmpty, let missing { throw missing }
        } catch {
            for descriptor in descriptors { Glibc.close(descriptor) }
            throw error
        }
        return (descriptors, taken)
    }

    private static func openTCP(_ candidate: SocketAddresses.Address, _ address: WebAddress) throws -> Int32 {
        let descriptor = try socket(candidate.family, for: address)
        set(descriptor, SOL_SOCKET, SO_REUSEADDR)
        if candidate.family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
        guard candidate.bind(descriptor) == 0, listen(descriptor, backlog) == 0 else {
            throw failure("bind", of: descriptor, for: address)
        }
        return descriptor
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    // MARK: Unix sockets

    private static func openUnix(_ path: String, _ mode: UInt32) throws -> ListeningSocket {
        let address = WebAddress.unix(path: path, mode: mode)
        let name = try UnixSocketName(path, mode: mode)
        try name.removeIfStale()
        let descriptor = try socket(AF_UNIX, for: address)
        // Bound with no rights for others, and opened up only then: nobody slips in before the mode is set.
        let before = umask(0o177)
        let isBound = name.bind(descriptor) == 0
        let code = errno
        umask(before)
        errno = code
        guard isBound, chmod(path, mode_t(mode & 0o777)) == 0, listen(descriptor, backlog) == 0 else {
            let error = failure("bind", of: descriptor, for: address)
            if isBound { unlink(path) }
            throw error
        }
        return ListeningSocket(descriptor: descriptor, file: UnixSocketFile(path: path))
    }

    // MARK: Sockets of the service manager

    private static func adopt(_ descriptor: Int32) throws {
        var (isListening, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0, isListening != 0 else {
            throw WebServerError.notListening(descriptor: descriptor)
        }
        // Children are not to have it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    // MARK: All kinds

    private static func socket(_ family: Int32, for address: WebAddress) throws -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(family, kind, 0)
        guard descriptor >= 0 else {
            // A kernel without IPv6.
            if errno == EAFNOSUPPORT { throw WebServerError.notOurs(address, reason: String(cString: strerror(errno))) }
            throw WebServerError.system(address, call: "socket", code: errno)
        }
        return descriptor
    }

    private static func failure(_ call: String, of descriptor: Int32, for address: WebAddress) -> WebServerError {
        let code = errno
        Glibc.close(descriptor)
        return switch code {
        case EADDRINUSE: .addressInUse(address)
        case EACCES, EPERM, EROFS: .notPermitted(address)
        case ENOENT, ENOTDIR: .noFolder(path: address.text)
        case EADDRNOTAVAIL: .notOurs(address, reason: String(cString: strerror(code)))
        default: .system(address, call: call, code: code)
        }
    }
}
