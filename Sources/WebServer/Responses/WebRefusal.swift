/// Why the server itself refuses a request, or a connection. The connection is closed after it.
package enum WebRefusal: Error, Hashable {
    /// The request breaks the rules of HTTP, or of this server's paths.
    ///
    /// - Parameter reason: which rule; it repeats nothing of the request.
    case malformed(reason: String)
    case headerTooLarge(limit: Int)
    case bodyTooLarge(limit: Int)
    /// Header or body did not arrive in time.
    case tooSlow
    /// An `Expect` other than `100-continue`.
    case expectation
    /// A transfer coding other than `chunked`.
    case transferCoding
    /// HTTP of another kind than 1.
    case version
    /// The route is a WebSocket, and the request does not ask for one of version 13.
    case upgradeRequired
    /// As many connections as there may be, and none of them idle; or as many listeners.
    case full

    package var status: Int {
        switch self {
        case .malformed: 400
        case .headerTooLarge: 431
        case .bodyTooLarge: 413
        case .tooSlow: 408
        case .expectation: 417
        case .transferCoding: 501
        case .version: 505
        case .upgradeRequired: 426
        case .full: 503
        }
    }

    /// What belongs to the status.
    package var headers: [(String, String)] {
        switch self {
        case .upgradeRequired: [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]
        case .full: [("Retry-After", "5")]
        default: []
        }
    }

    /// A sentence in English without its full stop, for programs.
    package var message: String {
        switch self {
        case .malformed(let reason): "the request is malformed: \(reason)"
        case .headerTooLarge(let limit): "the header has more than \(limit) bytes, or too many fields"
        case .bodyTooLarge(let limit): "the body has more than \(limit) bytes"
        case .tooSlow: "the request did not arrive in time"
        case .expectation: "no expectation but 100-continue is known"
        case .transferCoding: "no transfer coding but chunked is known"
        case .version: "only HTTP/1.1 is spoken here"
        case .upgradeRequired: "only a WebSocket of version 13 is served here"
        case .full: "all connections are in use"
        }
    }

    /// The response in plain text, for a server whose routes do not word refusals themselves.
    package var plainResponse: WebResponse {
        WebResponse(
            status: status, headers: headers + [("Content-Type", "text/plain; charset=utf-8")],
            body: Array((message + "\n").utf8))
    }
}
