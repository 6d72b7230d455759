import Glibc

/// The IP addresses of a name.
struct SocketAddresses {
    let all: [Address]

    /// One address with a port, as the system knows it.
    struct Address {
        let family: Int32
        private var storage: sockaddr_storage
        private let size: socklen_t

        init?(_ info: addrinfo) {
            guard let address = info.ai_addr, Int(info.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size else {
                return nil
            }
            family = info.ai_family
            size = info.ai_addrlen
            storage = sockaddr_storage()
            withUnsafeMutableBytes(of: &storage) {
                $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
            }
        }

        func withPort(_ port: Int) -> Address {
            var copy = self
            // The port is in the same place in both families.
            withUnsafeMutableBytes(of: &copy.storage) {
                $0.storeBytes(of: UInt16(truncatingIfNeeded: port).bigEndian, toByteOffset: 2, as: UInt16.self)
            }
            return copy
        }

        /// As `bind(2)`.
        func bind(_ descriptor: Int32) -> Int32 {
            withUnsafePointer(to: storage) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, size) }
            }
        }
    }

    /// - Throws: ``WebServerError/notOurs(_:reason:)``.
    init(host: String, port: Int) throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, "0", &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        var addresses: [Address] = []
        var next = list
        while code == 0, let info = next?.pointee {
            if info.ai_family == AF_INET || info.ai_family == AF_INET6, let address = Address(info) {
                addresses.append(address)
            }
            next = info.ai_next
        }
        guard !addresses.isEmpty else {
            let reason = code == 0 ? "no IP address" : String(cString: gai_strerror(code))
            throw WebServerError.notOurs(.tcp(host: host, port: port), reason: reason)
        }
        all = addresses
    }

    /// The port that a socket is bound to.
    static func port(of descriptor: Int32) -> Int {
        var (storage, size) = (sockaddr_storage(), socklen_t(MemoryLayout<sockaddr_storage>.size))
        let result = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard result == 0 else { return 0 }
        return withUnsafeBytes(of: storage) { Int(UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self))) }
    }
}
