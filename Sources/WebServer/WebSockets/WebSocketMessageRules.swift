import NIOCore
import NIOWebSocket

/// What a client's frames must be, one after the other; what they say is of no interest.
///
/// The decoder has refused control frames that are too long or in pieces, and single frames that are too large.
struct WebSocketMessageRules {
    private let limit: Int
    /// Bytes of the message of which some frames have come; nil between two messages.
    private var pieces: Int?

    init(limit: Int) {
        self.limit = limit
    }

    /// What breaks the rules; nil for nothing.
    mutating func fault(in frame: WebSocketFrame) -> WebSocketClose? {
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return .protocolError }
        switch frame.opcode {
        case .connectionClose, .ping, .pong: return nil
        case .text, .binary:
            guard pieces == nil else { return .protocolError }
            return count(frame, after: 0)
        case .continuation:
            guard let pieces else { return .protocolError }
            return count(frame, after: pieces)
        default: return .protocolError
        }
    }

    private mutating func count(_ frame: WebSocketFrame, after before: Int) -> WebSocketClose? {
        let bytes = before + frame.length
        pieces = frame.fin ? nil : bytes
        return bytes <= limit ? nil : .tooLarge
    }
}
