import CMariaDB
import Database
import FoundationEssentials
import Glibc

/// Where a connection leads, as the system has it.
///
/// The system is asked before the client library is whether a connection can be begun: where it says no at once, the library (3.3
/// and 3.4, in calls that do not block) closes its socket twice, and by the second time the number may be that of another
/// connection or file, which a thread has opened in between.
struct ServerAddress {
    /// A path, or the host, as messages name it.
    private let name: String
    private var storage = sockaddr_storage()
    private var size: socklen_t = 0

    /// Whether it is a Unix socket.
    var isLocal: Bool { storage.ss_family == sa_family_t(AF_UNIX) }

    /// Nil for a path that is too long; the library says so itself.
    private init?(path: String) {
        name = path
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        withUnsafeBytes(of: address) { take($0) }
    }

    /// Nil for what is no IP address.
    private init?(of host: String, _ address: String, port: UInt16) {
        name = host
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &found) == 0, let entry = found else { return nil }
        defer { freeaddrinfo(found) }
        take(UnsafeRawBufferPointer(start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen)))
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer) {
        size = socklen_t(bytes.count)
        withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: bytes) }
    }

    // MARK: Asking

    /// The address that the client library will connect to.
    ///
    /// - Returns: nil where that is not known: the library looks up a name by itself.
    /// - Throws: `DatabaseError` of kind `unreachable` where the system refuses at once to begin a connection, in the words of the
    ///   library.
    static func reachable(_ options: MariaDBOptions) throws -> ServerAddress? {
        var refusal: DatabaseError?
        for address in candidates(options) {
            guard let number = address.refusal else { return address }
            refusal = refusal ?? address.refused(number, options)
        }
        if let refusal { throw refusal }
        return nil
    }

    private static func candidates(_ options: MariaDBOptions) -> [ServerAddress] {
        let location = options.location
        if location.isLocalSocket {
            return (location.socket.map { [$0] } ?? defaultSockets).compactMap(ServerAddress.init(path:))
        }
        let address = options.address ?? options.route ?? location.host
        return [ServerAddress(of: location.host, address, port: location.port ?? 3306)].compactMap(\.self)
    }

    /// What the library says of a number of the system.
    func refused(_ number: Int32, _ options: MariaDBOptions) -> DatabaseError {
        MariaDBConnection.connectError(
            code: Int(CR_CONNECTION_ERROR),
            message: isLocal
                ? "Can't connect to local server through socket '\(name)' (\(number))"
                : "Can't connect to server on '\(name)' (\(number))", options)
    }

    /// Where the library looks for a server of this machine without a socket in the URL: where the environment says, or at a default
    /// of its own, which it does not tell. These are the defaults of the distributions.
    private static var defaultSockets: [String] {
        for name in ["MARIADB_UNIX_PORT", "MYSQL_UNIX_PORT"] {
            if let path = getenv(name), path.pointee != 0 { return [String(cString: path)] }
        }
        return [
            MARIADB_UNIX_ADDR, "/var/lib/mysql/mysql.sock", "/run/mysql/mysql.sock", "/tmp/mysql.sock",
            "/tmp/mariadb.sock",
        ]
    }

    /// With which number the system refuses at once to begin a connection; nil where it does not.
    ///
    /// A server hears nothing of the question: a datagram socket finds no partner there, but is told first whether the path leads to
    /// a socket that is served, or the network to the address. Only what is refused then is asked again by a connection.
    private var refusal: Int32? {
        let answer = ask(SOCK_DGRAM)
        if isLocal ? answer == EPROTOTYPE : answer == 0 { return nil }
        let number = ask(SOCK_STREAM)
        return [0, EINPROGRESS, EAGAIN, EALREADY, EINTR].contains(number) ? nil : number
    }

    private func ask(_ type: __socket_type) -> Int32 {
        let descriptor = socket(
            Int32(storage.ss_family), Int32(type.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        // There is no descriptor left, for example: the library will say so.
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        return connect(descriptor)
    }

    /// Whether a socket has somebody at its other end, or has had.
    static func hasPeer(_ socket: Int32) -> Bool {
        var (address, size) = (sockaddr_storage(), socklen_t(MemoryLayout<sockaddr_storage>.size))
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &size) } == 0
        }
    }

    /// As `connect(2)`.
    ///
    /// - Returns: 0, or the system's number of why not.
    func connect(_ descriptor: Int32) -> Int32 {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, size) == 0 ? 0 : errno
            }
        }
    }
}
