/// Why a WebSocket ends (RFC 6455, section 7.4).
struct WebSocketClose: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt16

    /// The server stops.
    static let goingAway = WebSocketClose(rawValue: 1001)
    /// The client breaks the protocol.
    static let protocolError = WebSocketClose(rawValue: 1002)
    /// A message is larger than it may be.
    static let tooLarge = WebSocketClose(rawValue: 1009)
    /// The listener is too slow; it may connect again.
    static let tryAgainLater = WebSocketClose(rawValue: 1013)

    /// Whether a client may say it: the other codes are not meant for the wire, or not given out.
    var isForTheWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
