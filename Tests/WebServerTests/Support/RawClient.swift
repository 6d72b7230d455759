import Foundation
import Harness
import WebServer

/// A client that sends bytes as they are and waits for what comes back, on one thread at a time.
final class RawClient: @unchecked Sendable {
    private let descriptor: Int32
    private var unread: [UInt8] = []

    /// - Parameter receiveBuffer: bytes that the kernel takes for a client that does not read; nil for the usual.
    init(_ address: WebAddress, receiveBuffer: Int32? = nil) throws {
        switch address {
        case .tcp(let host, let port):
            descriptor = socket(host.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            if var size = receiveBuffer {
                setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
            }
            guard Self.connect(descriptor, host, port) == 0 else {
                let code = errno
                close(descriptor)
                throw ProgramError.notStarted("connect to \(address.text)", code)
            }
        case .unix(let path, _):
            guard let descriptor = LocalSocket.connect(to: path) else {
                throw ProgramError.notStarted("connect to \(path)", errno)
            }
            self.descriptor = descriptor
        case .inherited: preconditionFailure("not an address to connect to")
        }
        // A bound, where something is missing; no test waits for it. Handlers share their threads with all other tests.
        var bound = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    private static func connect(_ descriptor: Int32, _ host: String, _ port: Int) -> Int32 {
        func with<Address>(_ address: Address) -> Int32 {
            withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
                }
            }
        }
        if host.contains(":") {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = UInt16(port).bigEndian
            inet_pton(AF_INET6, host, &address.sin6_addr)
            return with(address)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr)
        return with(address)
    }

    // MARK: Sending

    func send(_ text: String) { send(Array(text.utf8)) }

    /// - Returns: false where the server is gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool { LocalSocket.send(bytes, to: descriptor) }

    /// Sends nothing more.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    // MARK: Receiving

    /// The next response, without a body for one to `HEAD`.
    func response(withBody: Bool = true) throws -> RawResponse {
        let end: [UInt8] = Array("\r\n\r\n".utf8)
        while unread.firstRange(of: end) == nil { try receive() }
        guard let range = unread.firstRange(of: end) else { throw TookTooLong(what: "a header ends") }
        let head = String(decoding: unread[..<range.lowerBound], as: UTF8.self)
        unread.removeSubrange(..<range.upperBound)
        let status = Int(head.dropFirst(9).prefix(3)) ?? 0
        let response = RawResponse(status: status, head: head, body: "")
        let length = withBody ? Int(response.field("Content-Length") ?? "0") ?? 0 : 0
        return RawResponse(status: status, head: head, body: String(decoding: try bytes(length), as: UTF8.self))
    }

    /// The next frame of a WebSocket.
    func frame() throws -> RawFrame {
        let head = try bytes(2)
        var length = Int(head[1])
        if length >= 126 { length = try bytes(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) } }
        return RawFrame(opcode: head[0] & 0x0F, payload: try bytes(length))
    }

    /// Everything until the server closes; what a reset takes away is not missed.
    func rest() throws -> [UInt8] {
        while try receiveUnlessClosed() {}
        defer { unread = [] }
        return unread
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        while unread.count < count { try receive() }
        defer { unread.removeFirst(count) }
        return Array(unread.prefix(count))
    }

    private func receive() throws {
        guard try receiveUnlessClosed() else { throw ServerClosed(unread: String(decoding: unread, as: UTF8.self)) }
    }

    private func receiveUnlessClosed() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN { throw TookTooLong(what: "the server sends something or closes") }
        guard count > 0 else { return false }
        unread += buffer[..<count]
        return true
    }

    /// The server has closed, and more was expected.
    struct ServerClosed: Error {
        let unread: String
    }
}

extension RawClient {
    /// Opens a WebSocket at `/ws`.
    static func listener(_ address: WebAddress, receiveBuffer: Int32? = nil) throws -> RawClient {
        let client = try RawClient(address, receiveBuffer: receiveBuffer)
        client.send(handshake())
        let response = try client.response()
        guard response.status == 101 else { throw ServerClosed(unread: response.head) }
        return client
    }

    /// The request that opens a WebSocket, with the key of the standard's example.
    static func handshake(
        upgrade: String = "websocket", connection: String = "keep-alive, Upgrade", version: String = "13",
        key: String = "dGhlIHNhbXBsZSBub25jZQ=="
    ) -> String {
        "GET /ws HTTP/1.1\r\nHost: books\r\nConnection: \(connection)\r\nUpgrade: \(upgrade)\r\n"
            + "Sec-WebSocket-Version: \(version)\r\nSec-WebSocket-Key: \(key)\r\n\r\n"
    }
}
