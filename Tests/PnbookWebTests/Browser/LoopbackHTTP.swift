import Foundation
import Harness

/// Requests to a server on this machine, one connection each. It blocks.
enum LoopbackHTTP {
    /// What a server has answered.
    struct Answer {
        let status: Int
        let body: [UInt8]
    }

    /// Connects to a port of 127.0.0.1; nil where nothing listens there.
    static func connect(to port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return descriptor }
        close(descriptor)
        return nil
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Throws: ``WebDriverError/noAnswer(_:)`` where there is none.
    static func ask(
        _ method: String, _ path: String, port: UInt16, body: [UInt8] = [], headers: [String: String] = [:]
    ) throws -> Answer {
        guard let descriptor = connect(to: port) else { throw WebDriverError.noAnswer("\(method) \(path)") }
        defer { close(descriptor) }
        let fields = headers.merging([
            "Host": "127.0.0.1:\(port)", "Connection": "close", "Content-Length": "\(body.count)",
            "Content-Type": "application/json",
        ]) { own, _ in own }
        let head =
            "\(method) \(path) HTTP/1.1\r\n" + fields.map { "\($0): \($1)\r\n" }.sorted().joined() + "\r\n"
        LocalSocket.send(Array(head.utf8) + body, to: descriptor)
        var received: [UInt8] = []
        while true {
            if let answer = complete(received) { return answer }
            guard let more = LocalSocket.receive(from: descriptor) else {
                guard let answer = complete(received, atEnd: true) else {
                    throw WebDriverError.noAnswer("\(method) \(path)")
                }
                return answer
            }
            received += more
        }
    }

    /// The answer once it is all there.
    private static func complete(_ bytes: [UInt8], atEnd: Bool = false) -> Answer? {
        guard let split = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<split.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        let body = bytes[split.upperBound...]
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces)) }
        if let length {
            return body.count >= length ? Answer(status: status, body: Array(body.prefix(length))) : nil
        }
        return atEnd ? Answer(status: status, body: Array(body)) : nil
    }
}
