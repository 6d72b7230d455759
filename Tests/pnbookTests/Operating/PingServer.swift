import Foundation

/// A monitor on this machine that writes down who pings it.
final class PingServer: @unchecked Sendable {
    struct Ping: Hashable {
        let path: String
        let body: String
    }

    let port: UInt16
    private let listener: Int32
    private let lock = NSLock()
    private var seen: [Ping] = []

    /// What has come so far.
    var pings: [Ping] { lock.withLock { seen } }

    /// - Parameter answer: the status line's rest, `200 OK`; nil for one that takes a request and never answers.
    init(answering answer: String? = "200 OK") throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isOpen else { throw ProgramError.notStarted("listen", errno) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { break }
                Thread.detachNewThread { [self] in serve(client, answer) }
            }
            close(listener)
        }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ client: Int32, _ answer: String?) {
        defer { close(client) }
        var text = ""
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !Self.isWhole(text) {
            let count = recv(client, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            text += String(decoding: chunk[..<count], as: UTF8.self)
        }
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
        let path = parts[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
        lock.withLock { seen.append(Ping(path: path, body: parts.count > 1 ? parts[1] : "")) }
        guard let answer else {
            // Until the client gives up.
            _ = recv(client, &chunk, chunk.count, 0)
            return
        }
        let reply = Array("HTTP/1.1 \(answer)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
        _ = send(client, reply, reply.count, Int32(MSG_NOSIGNAL))
    }

    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        return text[end.upperBound...].utf8.count >= length
    }
}
