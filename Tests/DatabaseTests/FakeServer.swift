import Foundation

/// Something that listens where a MariaDB is expected, and writes down what the client sends.
final class FakeServer: @unchecked Sendable {
    enum Place {
        case unixSocket(String)
        /// A free port of 127.0.0.1.
        case tcp
    }

    enum Manner {
        /// Greets as a MariaDB that knows no TLS, and listens.
        case greets
        /// Greets in the same way, lets everybody in, and does not answer any further.
        case letsIn
        /// Greets in the same way, and asks whoever logs in to do so by a plugin.
        case asks(plugin: String)
        /// Hangs up at once.
        case hangsUp
        /// Takes the connection and says nothing.
        case staysSilent
    }

    struct SystemError: Error {
        let call: String
        let number: Int32
    }

    /// The TCP port, or 0.
    private(set) var port: UInt16 = 0
    private let listener: Int32
    private let lock = NSLock()
    private var bytes: [UInt8] = []
    private var connections = 0

    /// What the clients have sent so far.
    var received: [UInt8] { lock.withLock { bytes } }
    /// How often a client came.
    var visits: Int { lock.withLock { connections } }

    /// What it says that it is.
    private let version: String

    init(at place: Place, _ manner: Manner, version: String = "10.11.0-MariaDB") throws {
        self.version = version
        switch place {
        case .unixSocket(let path): listener = try Self.openSocket(at: path)
        case .tcp: (listener, port) = try Self.openFreePort()
        }
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { break }
                self?.serve(client, manner)
                close(client)
            }
            // Closed by nobody else: its number would be another server's by then.
            close(listener)
        }
    }

    /// Ends the thread, too: its `accept` fails.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(_ client: Int32, _ manner: Manner) {
        lock.withLock { connections += 1 }
        switch manner {
        case .hangsUp: return
        case .staysSilent: break
        case .greets, .letsIn, .asks: Self.say(greeting, to: client)
        }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(client, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            let isLogin = lock.withLock {
                defer { bytes.append(contentsOf: chunk[..<count]) }
                return bytes.isEmpty
            }
            guard isLogin else { continue }
            if case .letsIn = manner { Self.say([7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0], to: client) }
            if case .asks(let plugin) = manner {
                let payload = [0xFE] + Array(plugin.utf8) + [0] + Array("saltsaltmoresaltsalt".utf8) + [0]
                Self.say([UInt8(payload.count), 0, 0, 2] + payload, to: client)
            }
        }
    }

    private static func say(_ bytes: [UInt8], to client: Int32) {
        _ = bytes.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// The first packet of protocol 10, without CLIENT_SSL among the capabilities.
    private var greeting: [UInt8] {
        var payload: [UInt8] = [10]
        payload += Array(version.utf8) + [0]
        payload += [1, 0, 0, 0]
        payload += Array("saltsalt".utf8) + [0]
        // LONG_PASSWORD, CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION.
        payload += [0x09, 0xA2]
        payload += [45, 2, 0]
        // PLUGIN_AUTH.
        payload += [0x08, 0x00]
        payload += [21] + [UInt8](repeating: 0, count: 10)
        payload += Array("moresaltsalt".utf8) + [0]
        payload += Array("mysql_native_password".utf8) + [0]
        return [UInt8(payload.count), 0, 0, 0] + payload
    }

    private static func openSocket(at path: String) throws -> Int32 {
        let descriptor = try check("socket", socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        try withUnsafePointer(to: address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = try check("bind", bind(descriptor, $0, size))
            }
        }
        _ = try check("listen", listen(descriptor, 16))
        return descriptor
    }

    private static func openFreePort() throws -> (Int32, UInt16) {
        let descriptor = try check("socket", socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = try check("bind", bind(descriptor, $0, size))
                _ = try check("listen", listen(descriptor, 16))
                _ = try check("getsockname", getsockname(descriptor, $0, &size))
            }
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    private static func check(_ call: String, _ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw SystemError(call: call, number: errno) }
        return result
    }
}
