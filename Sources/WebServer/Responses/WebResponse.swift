/// One response, sent whole.
package struct WebResponse: Sendable {
    /// 200 to 599.
    package var status: Int
    /// The server adds `Content-Length`, `Date` and `Connection` itself. Control characters in a value become blanks.
    package var headers: [(String, String)]
    /// Not sent in answer to `HEAD`, but its length is.
    package var body: [UInt8]

    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
