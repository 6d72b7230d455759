import FoundationEssentials
import Operations
package import WebServer

/// A file of the page, as a browser gets it.
package struct PageFile: Sendable {
    package let bytes: [UInt8]
    /// Its media type: `text/html; charset=utf-8`.
    package let type: String
    /// Another one for other bytes, without quotes.
    package let tag: String
    /// What else a browser is told of it, such as its language.
    package let headers: [(String, String)]

    /// Memberwise.
    package init(bytes: [UInt8], type: String, tag: String, headers: [(String, String)] = []) {
        self.bytes = bytes
        self.type = type
        self.tag = tag
        self.headers = headers
    }
}

/// Finds the file at a request's path; nil where there is none.
package typealias PageFiles = @Sendable (WebRequest) -> PageFile?

/// Sends the page's files, and of one that the browser has already nothing but that.
struct PageAnswer {
    private let file: PageFile

    init(_ file: PageFile) {
        self.file = file
    }

    func response(to request: WebRequest) -> WebResponse {
        let tag = "\"" + file.tag + "\""
        // Asked for again each time: an upgrade must not leave half of the old page in a browser.
        let headers = [("ETag", tag), ("Cache-Control", "private, no-cache")] + file.headers
        let known = request.headers.values(of: "If-None-Match").flatMap { $0.split(separator: ",") }.map {
            $0.trimmed
        }
        if known.contains(tag) || known.contains("W/" + tag) { return WebResponse(status: 304, headers: headers) }
        return WebResponse(status: 200, headers: [("Content-Type", file.type)] + headers, body: file.bytes)
    }
}
