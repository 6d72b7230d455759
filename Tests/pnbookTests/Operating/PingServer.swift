import Foundation
import Harness

/// A monitor on this machine that writes down who pings it.
final class PingServer: Sendable {
    struct Ping: Hashable, Sendable {
        let path: String
        let body: String
    }

    let port: UInt16
    private let listener: SocketListener
    private let seen = Locked<[Ping]>([])

    /// What has come so far.
    var pings: [Ping] { seen.withLock { $0 } }

    /// - Parameter answer: the status line's rest, `200 OK`; nil for one that takes a request and never answers.
    init(answering answer: String? = "200 OK") throws {
        let descriptor: Int32
        (descriptor, port) = try LocalSocket.listen()
        listener = SocketListener(descriptor)
        listener.start { [self] client, _ in serve(client, answer) }
    }

    func stop() { listener.stop() }

    private func serve(_ client: Int32, _ answer: String?) {
        defer { close(client) }
        var text = ""
        while !Self.isWhole(text) {
            guard let bytes = LocalSocket.receive(from: client) else { return }
            text += String(decoding: bytes, as: UTF8.self)
        }
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
        let path = parts[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
        seen.withLock { $0.append(Ping(path: path, body: parts.count > 1 ? parts[1] : "")) }
        guard let answer else {
            // Until the client gives up.
            _ = LocalSocket.receive(from: client)
            return
        }
        LocalSocket.send(
            Array("HTTP/1.1 \(answer)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8), to: client)
    }

    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        return text[end.upperBound...].utf8.count >= length
    }
}
