import Harness
import Synchronization
import Testing
import WebServer

/// One request after the other on one connection.
@Suite("Requests and responses")
struct KeepAliveTests {
    @Test("A request is handed over as it is")
    func request() async throws {
        try await ServedSite.run { address in
            let client = try RawClient(address)
            client.send("POST /a/b%20c?x=1&y HTTP/1.1\r\nHost: [::1]:8080\r\nContent-Length: 3\r\n\r\nabc")
            let response = try client.response()
            #expect(response.body == "POST /a/b c [x=1,y=] 3 127.0.0.1")
            #expect(response.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(response.field("Date") == "Thu, 27 Nov 2025 09:30:00 GMT")
            #expect(response.field("Connection") == nil)
            client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nT: x\r\n\r\n"
            )
            #expect(try client.response().body == "POST / [] 3 127.0.0.1")
        }
    }

    @Test("Requests that come together are answered one by one and in order")
    func pipelining() async throws {
        let working = Locked(0)
        let handler: WebHandler = { request in
            working.withLock { $0 += 1 }
            await Task.yield()
            let others = working.withLock { working in
                defer { working -= 1 }
                return working - 1
            }
            return .response(WebResponse(status: 200, body: Array("\(request.path) \(others)".utf8)))
        }
        try await ServedSite.run(handler: handler) { address in
            let client = try RawClient(address)
            let paths = (0..<400).map { "/number-\($0)" }
            client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for path in paths { #expect(try client.response().body == "\(path) 0") }
        }
    }

    @Test("HEAD is answered as GET without the body; 204 and 304 have none")
    func bodiless() async throws {
        let handler: WebHandler = { request in
            .response(WebResponse(status: Int(request.query.first?.value ?? "") ?? 200, body: Array("12345".utf8)))
        }
        try await ServedSite.run(handler: handler) { address in
            let client = try RawClient(address)
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.response(withBody: false).field("Content-Length") == "5")
            for status in [204, 304] {
                client.send("GET /?status=\(status) HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try client.response().field("Content-Length") == nil)
            }
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.response().body == "12345")
        }
    }

    @Test(
        "A client that asks for it is answered and then left",
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
        ])
    func closing(request: String) async throws {
        try await ServedSite.run { address in
            let client = try RawClient(address)
            client.send(request + "GET /more HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try client.response()
            #expect(response.status == 200)
            #expect(response.field("Connection") == "close")
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("A client that has sent all and says so still gets its answer")
    func halfClosed() async throws {
        try await ServedSite.run { address in
            let client = try RawClient(address)
            client.send("GET /last HTTP/1.1\r\nHost: a\r\n\r\n")
            client.endSending()
            #expect(try client.response().body == "GET /last [] 0 127.0.0.1")
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("A client that waits for leave to send its body gets it")
    func goOn() async throws {
        try await ServedSite.run { address in
            let client = try RawClient(address)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.response().status == 100)
            client.send("ab")
            #expect(try client.response().body == "POST / [] 2 127.0.0.1")
        }
    }

    @Test("A line break in a value of a response begins no field")
    func splitting() async throws {
        let handler: WebHandler = { _ in
            .response(
                WebResponse(
                    status: 200, headers: [("Location", "/a\r\nSet-Cookie: b\r\n\r\n"), ("Content-Length", "999")],
                    body: [65]))
        }
        try await ServedSite.run(handler: handler) { address in
            let client = try RawClient(address)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try client.response()
            #expect(response.field("Set-Cookie") == nil)
            #expect(response.field("Location") == "/a  Set-Cookie: b    ")
            #expect(response.field("Content-Length") == "1")
        }
    }

    @Test("Fields are found by their names without regard to case, all of them and in order")
    func fields() {
        let headers = WebHeaders([(name: "Accept", value: "a"), (name: "X", value: "1"), (name: "ACCEPT", value: "b")])
        #expect(headers.values(of: "accept") == ["a", "b"])
        #expect(headers.first(of: "x") == "1")
        #expect(headers.first(of: "y") == nil)
    }
}
