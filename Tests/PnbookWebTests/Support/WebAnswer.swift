import TestSupport
import WebServer

/// What the page's server has answered.
struct WebAnswer {
    let status: Int
    /// The last of each name, which is in small letters.
    let headers: [String: String]
    let text: String
    /// Where the connection became a WebSocket.
    let hub: WebSocketHub?

    init(_ reply: WebReply) throws {
        switch reply {
        case .response(let response):
            status = response.status
            headers = Dictionary(response.headers.map { ($0.0.lowercased(), $0.1) }) { _, last in last }
            text = String(decoding: response.body, as: UTF8.self)
            hub = nil
        case .webSocket(let hub): (status, headers, text, self.hub) = (101, [:], "", hub)
        }
    }

    var json: JSON {
        get throws { try JSON(parsing: text) }
    }

    /// `KIND` of the document's error, with its code and status: `409 busy 11`.
    var error: String {
        let error = (try? json)?["error"]
        return "\(status) \(error?["kind"]?.string ?? "-") \(error?["code"]?.integer ?? -1)"
    }
}
