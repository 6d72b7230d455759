/// One request, read whole and within the limits.
package struct WebRequest: Sendable {
    /// As it came, such as `POST`; but `HEAD` is handed over as `GET`, and its response sent without the body.
    package var method: String
    /// Percent-decoded and without the query. It begins with `/`, and has neither dot segments nor empty ones, except for a `/` at
    /// its end.
    package var path: String
    /// Percent-decoded, in the order in which they came; `+` is a blank, and a name without `=` has an empty value.
    package var query: [(name: String, value: String)]
    /// With exactly one `Host`, unless the client speaks HTTP/1.0.
    package var headers: WebHeaders
    package var body: [UInt8]
    /// The other end's IP address without its port: `127.0.0.1`, `::1`; `unix` over a Unix socket.
    package var peer: String

    package init(
        method: String, path: String, query: [(name: String, value: String)] = [], headers: WebHeaders = WebHeaders(),
        body: [UInt8] = [], peer: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
    }
}
