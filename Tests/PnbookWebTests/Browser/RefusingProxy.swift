import Foundation
import Harness

/// Stands between a browser and the page's server on TCP ports, and refuses WebSockets: as a proxy that does not know them.
final class RefusingProxy: Sendable {
    let port: UInt16
    /// How many WebSockets were refused.
    let refused = Locked(0)
    private let listener: SocketListener

    /// - Parameter server: the port of the page's server.
    init(to server: UInt16) throws {
        let (descriptor, port) = try LocalSocket.listen()
        self.port = port
        listener = SocketListener(descriptor)
        listener.start { [refused] client, _ in Self.serve(client, server, refused) }
    }

    func stop() { listener.stop() }

    private static let refusal = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    private static func serve(_ client: Int32, _ server: UInt16, _ refused: Locked<Int>) {
        defer { close(client) }
        guard let upstream = LoopbackHTTP.connect(to: server) else { return }
        defer { close(upstream) }
        while true {
            var polls = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&polls, 2, -1) > 0 || errno == EINTR else { return }
            if polls[1].revents != 0 {
                guard let bytes = LocalSocket.receive(from: upstream), LocalSocket.send(bytes, to: client) else {
                    return
                }
            } else if polls[0].revents != 0 {
                guard let bytes = LocalSocket.receive(from: client) else { return }
                // A browser opens a connection of its own for each, so that its request comes first on it.
                if String(decoding: bytes.prefix(200), as: UTF8.self).contains("/api/tasks/ws ") {
                    refused.withLock { $0 += 1 }
                    LocalSocket.send(Array(refusal.utf8), to: client)
                    return
                }
                guard LocalSocket.send(bytes, to: upstream) else { return }
            }
        }
    }
}
