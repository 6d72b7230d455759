import Foundation
import Harness

/// Something that listens where a MariaDB is expected, and writes down what the client sends.
final class FakeServer: Sendable {
    enum Place {
        case unixSocket(String)
        /// A socket that listens already.
        case listening(Int32)
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

    /// The TCP port, or 0.
    let port: UInt16
    private let listener: SocketListener
    private let sent = Locked<[UInt8]>([])
    private let clients = Locked(0)

    /// What the clients have sent so far.
    var received: [UInt8] { sent.withLock { $0 } }
    /// How often a client came.
    var visits: Int { clients.withLock { $0 } }

    /// What it says that it is.
    private let version: String

    init(at place: Place, _ manner: Manner, version: String = "10.11.0-MariaDB") throws {
        self.version = version
        let descriptor: Int32
        switch place {
        case .unixSocket(let path): (descriptor, port) = (try LocalSocket.listen(at: path), 0)
        case .listening(let listening): (descriptor, port) = (listening, 0)
        case .tcp: (descriptor, port) = try LocalSocket.listen()
        }
        listener = SocketListener(descriptor)
        listener.start { [self] client, _ in serve(client, manner) }
    }

    func stop() { listener.stop() }

    private func serve(_ client: Int32, _ manner: Manner) {
        defer { close(client) }
        clients.withLock { $0 += 1 }
        switch manner {
        case .hangsUp: return
        case .staysSilent: break
        case .greets, .letsIn, .asks: LocalSocket.send(greeting, to: client)
        }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        while let bytes = LocalSocket.receive(from: client) {
            let isLogin = sent.withLock { sent in
                defer { sent += bytes }
                return sent.isEmpty
            }
            guard isLogin else { continue }
            if case .letsIn = manner { LocalSocket.send([7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0], to: client) }
            if case .asks(let plugin) = manner {
                let payload = [0xFE] + Array(plugin.utf8) + [0] + Array("saltsaltmoresaltsalt".utf8) + [0]
                LocalSocket.send([UInt8(payload.count), 0, 0, 2] + payload, to: client)
            }
        }
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
}
