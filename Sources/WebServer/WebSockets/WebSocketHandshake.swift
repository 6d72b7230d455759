import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The beginning of a WebSocket (RFC 6455, section 4.2).
enum WebSocketHandshake {
    /// Whether a request asks for a WebSocket of the one version that there is.
    static func isAsked(by head: RequestHead) -> Bool {
        head.method == "GET" && has("websocket", in: "Upgrade", of: head) && has("upgrade", in: "Connection", of: head)
            && head.headers.values(of: "Sec-WebSocket-Version") == ["13"]
    }

    private static func has(_ token: String, in name: String, of head: RequestHead) -> Bool {
        head.headers.values(of: name).joined(separator: ",").lowercased().split(separator: ",")
            .contains { $0.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" } == token }
    }

    /// The fields of the response that switches; fails where the key is none. No extension is taken on, compression neither.
    static func fields(for head: RequestHead, on channel: any Channel) -> EventLoopFuture<HTTPHeaders> {
        let keys = head.headers.values(of: "Sec-WebSocket-Key")
        guard keys.count == 1, isKey(keys[0]) else {
            return channel.eventLoop.makeFailedFuture(NotAKey())
        }
        let request = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "/",
            headers: ["Sec-WebSocket-Key": keys[0], "Sec-WebSocket-Version": "13"])
        return NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        ).buildUpgradeResponse(channel: channel, upgradeRequest: request, initialResponseHeaders: [:])
    }

    private struct NotAKey: Error {}

    /// 16 bytes in Base64 are 22 digits and two fillers.
    private static func isKey(_ key: String) -> Bool {
        key.utf8.count == 24 && key.hasSuffix("==")
            && key.utf8.dropLast(2).allSatisfy {
                switch $0 {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"): true
                default: false
                }
            }
    }
}
