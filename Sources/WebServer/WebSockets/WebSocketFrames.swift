import NIOCore
import NIOWebSocket

/// The server's frames as they go over the wire: unmasked, whole, and without an extension. A frame is encoded once for all
/// listeners, which share its bytes.
enum WebSocketFrames {
    static func text(_ text: String) -> ByteBuffer {
        var frame = head(opcode: 0x1, length: text.utf8.count)
        frame.writeString(text)
        return frame
    }

    static let ping = head(opcode: 0x9, length: 0)

    /// - Parameter data: that of the ping, at most 125 bytes.
    static func pong(_ data: ByteBuffer) -> ByteBuffer {
        var frame = head(opcode: 0xA, length: data.readableBytes)
        frame.writeImmutableBuffer(data)
        return frame
    }

    /// - Parameter code: nil for a frame that says no reason.
    static func close(_ code: WebSocketClose?) -> ByteBuffer {
        guard let code else { return head(opcode: 0x8, length: 0) }
        var frame = head(opcode: 0x8, length: 2)
        frame.writeInteger(code.rawValue)
        return frame
    }

    private static func head(opcode: UInt8, length: Int) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.reserveCapacity(length + 10)
        frame.writeInteger(0x80 | opcode)
        switch length {
        case ...125: frame.writeInteger(UInt8(length))
        case ...0xFFFF:
            frame.writeInteger(UInt8(126))
            frame.writeInteger(UInt16(length))
        default:
            frame.writeInteger(UInt8(127))
            frame.writeInteger(UInt64(length))
        }
        return frame
    }
}
