/// What a handler makes of a request.
package enum WebReply: Sendable {
    case response(WebResponse)
    /// The connection becomes one of the hub's listeners. A request that does not ask for a WebSocket gets 426 instead, and one that
    /// asks for it in the wrong way 400.
    case webSocket(WebSocketHub)
}

/// Answers requests, several at a time. It must not block: blocking calls go on threads of their own.
package typealias WebHandler = @Sendable (WebRequest) async -> WebReply
