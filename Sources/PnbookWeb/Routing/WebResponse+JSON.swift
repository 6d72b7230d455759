import Operations
import WebServer

extension WebResponse {
    /// A document on one line, with a line break at its end.
    ///
    /// - Throws: what the encoder throws.
    static func json(
        _ document: some Encodable, status: Int = 200, headers: [(String, String)] = []
    ) throws -> WebResponse {
        json(text: try JSONDocument.compact(document) + "\n", status: status, headers: headers)
    }

    /// A document that is text already.
    static func json(text: String, status: Int = 200, headers: [(String, String)] = []) -> WebResponse {
        WebResponse(status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
    }

    init(_ failure: WebFailure) {
        do {
            self = try .json(ErrorDocument(failure), status: failure.status, headers: failure.headers)
        } catch {
            self.init(status: 500)
        }
    }
}
