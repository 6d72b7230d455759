import Harness
import Testing
import WebServer

/// What is not a request that has one meaning only is answered with its status, and the connection is closed.
@Suite("Requests that are refused")
struct RefusedRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let request: String

        init(_ what: String, _ status: Int, _ request: String) {
            (testDescription, self.status, self.request) = (what, status, request)
        }
    }

    private static let post = "POST / HTTP/1.1\r\nHost: a\r\n"

    static let cases = [
        Case("a length and chunks", 400, post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Case("chunks and a length", 400, post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        Case("two lengths that differ", 400, post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"),
        Case("two lengths that agree", 400, post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"),
        Case("a list of lengths", 400, post + "Content-Length: 4, 4\r\n\r\nabcd"),
        Case("a length with a sign", 400, post + "Content-Length: +4\r\n\r\nabcd"),
        Case("a negative length", 400, post + "Content-Length: -1\r\n\r\n"),
        Case("a length in hexadecimal", 400, post + "Content-Length: 0x4\r\n\r\nabcd"),
        Case("a length beyond all numbers", 400, post + "Content-Length: 99999999999999999999999\r\n\r\n"),
        Case("an empty length", 400, post + "Content-Length: \r\n\r\n"),
        Case("another coding", 501, post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        Case("a coding after chunks", 400, post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        Case("chunks twice", 400, post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Case("a coding that is hidden", 501, post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Case("chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Case("a chunk's size that is no number", 400, post + "Transfer-Encoding: chunked\r\n\r\nxy\r\n\r\n"),
        Case("a chunk longer than it says", 400, post + "Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n"),
        Case("a folded line", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
        Case("a bare line feed", 505, "GET / HTTP/1.1\nHost: a\n\n"),
        Case("a bare line feed between fields", 400, "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        Case("a bare carriage return", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n"),
        Case("NUL in a value", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"),
        Case("NUL in the target", 400, "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("a control character in a value", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\u{1B}b\r\n\r\n"),
        Case("a blank before the colon", 400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
        Case("a field without a name", 400, "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
        Case("a field without a colon", 400, "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n"),
        Case("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
        Case("two hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        Case("an empty host", 400, "GET / HTTP/1.1\r\nHost: \r\n\r\n"),
        Case("a host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        Case("a host with a user", 400, "GET / HTTP/1.1\r\nHost: me@a\r\n\r\n"),
        Case("a host with a bad port", 400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
        Case("two hosts in one", 400, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
        Case("an absolute target", 400, "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("the target of OPTIONS *", 400, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("CONNECT", 400, "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("a method that is not one", 400, "G@T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("a dot segment", 400, "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("another expectation", 417, post + "Expect: miracles\r\nContent-Length: 1\r\n\r\n"),
        Case("HTTP/2 without an upgrade", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Case("HTTP/3.1", 505, "GET / HTTP/3.1\r\nHost: a\r\n\r\n"),
        Case("HTTP/0.9", 505, "GET /\r\n\r\n"),
        Case("TLS", 400, "\u{16}\u{3}\u{1}\u{2}\r\n\r\n"),
    ]

    @Test("Nothing but HTTP/1.1 that can be read in one way is answered", arguments: cases)
    func refused(request: Case) async throws {
        try await ServedSite.run { address in
            let client = try RawClient(address)
            // A second request, in case that the first is not taken for what it is.
            client.send(request.request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try client.response()
            #expect(response.status == request.status, "\(request.testDescription)")
            #expect(response.field("Connection") == "close")
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("Any bytes are answered or closed, and others are served all the same")
    func garbage() async throws {
        try await ServedSite.run { address in
            var random = SplitMix64(seed: 15)
            let pieces = Self.cases.map { Array($0.request.utf8) }
            for _ in 0..<300 {
                var bytes = pieces[Int(random.next() % UInt64(pieces.count))]
                for _ in 0..<4 where !bytes.isEmpty {
                    bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                let client = try RawClient(address)
                client.send(bytes)
                client.endSending()
                _ = try client.rest()
            }
            let client = try RawClient(address)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.response().status == 200)
        }
    }
}
