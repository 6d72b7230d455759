import Glibc

/// The path of a Unix socket, as the system knows it.
struct UnixSocketName {
    private let path: String
    private let address: WebAddress
    private let name: sockaddr_un

    /// - Throws: ``WebServerError/pathTooLong(path:limit:)``.
    init(_ path: String, mode: UInt32) throws {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        let limit = MemoryLayout.size(ofValue: name.sun_path) - 1
        guard path.utf8.count <= limit else { throw WebServerError.pathTooLong(path: path, limit: limit) }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        self.path = path
        self.address = .unix(path: path, mode: mode)
        self.name = name
    }

    /// As `bind(2)`.
    func bind(_ descriptor: Int32) -> Int32 { with { Glibc.bind(descriptor, $0, $1) } }

    /// Removes a socket that no process listens on: a server that was killed leaves it behind. What is not known to be stale is left
    /// as it is.
    ///
    /// - Throws: ``WebServerError``.
    func removeIfStale() throws {
        let mode = try UnixSocketFile.kind(at: path, for: address)
        guard let mode else { return }
        guard mode == S_IFSOCK else { throw WebServerError.notASocket(path: path) }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard probe >= 0 else {
            throw WebServerError.system(address, call: "socket", code: errno)
        }
        defer { close(probe) }
        if with({ connect(probe, $0, $1) }) == 0 { throw WebServerError.addressInUse(address) }
        switch errno {
        case ECONNREFUSED: unlink(path)
        case ENOENT: return
        case EACCES, EPERM: throw WebServerError.notPermitted(address)
        // EAGAIN: it listens, and its backlog is full.
        default: throw WebServerError.addressInUse(address)
        }
    }

    private func with(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
