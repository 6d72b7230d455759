import NIOCore
import NIOHTTP1

/// Responses as they go over the wire.
enum ResponseBytes {
    /// What the server says itself of a response.
    private static let ownFields: Set<String> = ["content-length", "date", "connection", "transfer-encoding"]

    /// - Parameters:
    ///   - withoutBody: the answer to `HEAD`.
    ///   - closes: no request is answered after this one.
    ///   - date: as ``HTTPDate/text(_:)`` gives it.
    static func response(_ response: WebResponse, withoutBody: Bool, closes: Bool, date: String) -> ByteBuffer {
        // These have no body and no length of one.
        let isBare = response.status == 204 || response.status == 304 || response.status < 200
        var buffer = ByteBuffer()
        buffer.reserveCapacity(512 + (withoutBody ? 0 : response.body.count))
        writeStatus(response.status, to: &buffer)
        for (name, value) in response.headers where !ownFields.contains(name.lowercased()) {
            write(name, value, to: &buffer)
        }
        write("Date", date, to: &buffer)
        if !isBare { write("Content-Length", "\(response.body.count)", to: &buffer) }
        if closes { write("Connection", "close", to: &buffer) }
        buffer.writeString("\r\n")
        if !isBare, !withoutBody { buffer.writeBytes(response.body) }
        return buffer
    }

    /// The client may send its body.
    static var goOn: ByteBuffer { ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n") }

    /// The connection is a WebSocket from here on.
    static func switching(_ fields: HTTPHeaders) -> ByteBuffer {
        var buffer = ByteBuffer()
        writeStatus(101, to: &buffer)
        for (name, value) in fields { write(name, value, to: &buffer) }
        buffer.writeString("\r\n")
        return buffer
    }

    private static func writeStatus(_ status: Int, to buffer: inout ByteBuffer) {
        let status = HTTPResponseStatus(statusCode: status)
        buffer.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
    }

    /// A line break in a value would begin a field, or a response, of its own.
    private static func write(_ name: String, _ value: String, to buffer: inout ByteBuffer) {
        precondition(
            !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") },
            "a field's name is a token")
        buffer.writeString(name)
        buffer.writeString(": ")
        let isClean = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        if isClean {
            buffer.writeString(value)
        } else {
            buffer.writeBytes(value.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : UInt8(ascii: " ") })
        }
        buffer.writeString("\r\n")
    }
}
