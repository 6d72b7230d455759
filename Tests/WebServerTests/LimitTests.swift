import Foundation
import Harness
import Testing
import WebServer

/// What a client may take of the server.
@Suite("Limits of bytes, connections and time")
struct LimitTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test(
        "A header that goes on is refused",
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 3000),
            "GET /" + String(repeating: "a", count: 3000),
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 60),
            "GET / HTTP/1.1\r\nHost: a\r\n"
                + String(repeating: "Name-of-forty-bytes-and-so-on: \(UUID())\r\n", count: 40),
        ])
    func header(request: String) async throws {
        try await ServedSite.run({ ($0.headerBytes, $0.headerFields) = (2000, 50) }) { address in
            let client = try RawClient(address)
            client.send(request)
            #expect(try client.response().status == 431)
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("Blank lines before a request are part of its header")
    func blankLines() async throws {
        try await ServedSite.run({ $0.headerBytes = 2000 }) { address in
            let client = try RawClient(address)
            client.send(String(repeating: "\r\n", count: 20_000))
            #expect(try client.response().status == 431)
        }
    }

    @Test("A header just within the limit is answered, one byte by byte as well")
    func withinLimit() async throws {
        try await ServedSite.run({ $0.headerBytes = 2000 }) { address in
            let client = try RawClient(address)
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 1900) + "\r\n\r\n")
            #expect(try client.response().status == 200)
            for byte in Self.get.utf8 { client.send([byte]) }
            #expect(try client.response().status == 200)
        }
    }

    @Test("A body that says it is too large is refused before it is sent, and one that goes on once it is")
    func body() async throws {
        try await ServedSite.run({ $0.bodyBytes = 1000 }) { address in
            let client = try RawClient(address)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
            #expect(try client.response().status == 413)
            let sender = try RawClient(address)
            sender.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            sender.send(String(repeating: "1f4\r\n" + String(repeating: "b", count: 500) + "\r\n", count: 3))
            #expect(try sender.response().status == 413)
            // The answer is there for a client that goes on sending.
            let stubborn = try RawClient(address)
            stubborn.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
            stubborn.send([UInt8](repeating: 0, count: 100_000))
            #expect(try stubborn.response().status == 413)
            let exact = try RawClient(address)
            exact.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            exact.send([UInt8](repeating: 0, count: 1000))
            #expect(try exact.response().body == "POST / [] 1000 127.0.0.1")
        }
    }

    @Test("Chunks that are mostly not body are too large as well")
    func chunkExtensions() async throws {
        try await ServedSite.run({ ($0.bodyBytes, $0.headerBytes) = (1000, 2000) }) { address in
            let client = try RawClient(address)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<100 { client.send("1;note=" + String(repeating: "x", count: 100) + "\r\nb\r\n") }
            #expect(try client.response().status == 413)
        }
    }

    @Test("A header that does not come to its end is refused in time", arguments: ["", "GET / HTTP/1.1\r\nHo"])
    func slowHeader(beginning: String) async throws {
        try await ServedSite.run({ $0.timeForHeader = .milliseconds(40) }) { address in
            let client = try RawClient(address)
            client.send(beginning)
            #expect(try client.response().status == 408)
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("The second header of a connection has its time from its first byte")
    func slowSecondHeader() async throws {
        try await ServedSite.run({ $0.timeForHeader = .seconds(1) }) { address in
            let client = try RawClient(address)
            client.send(Self.get)
            #expect(try client.response().status == 200)
            client.send("G")
            #expect(try client.response().status == 408)
        }
    }

    @Test("A body that does not come to its end is refused in time")
    func slowBody() async throws {
        try await ServedSite.run({ $0.timeForBody = .milliseconds(40) }) { address in
            let client = try RawClient(address)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            #expect(try client.response().status == 408)
        }
    }

    @Test("A connection that is kept for nothing is closed without a word")
    func idle() async throws {
        try await ServedSite.run({ $0.timeIdle = .milliseconds(40) }) { address in
            let client = try RawClient(address)
            client.send(Self.get)
            #expect(try client.response().status == 200)
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("A response that nobody takes ends the connection")
    func untakenResponse() async throws {
        let length = 16 << 20
        var limits = WebServerLimits()
        limits.timeForResponse = .milliseconds(50)
        let isAsked = Locked(false)
        let server = try await WebServer.start(WebServerOptions(address: ServedSite.anyPort, limits: limits)) { _ in
            isAsked.withLock { $0 = true }
            return .response(WebResponse(status: 200, body: [UInt8](repeating: 0, count: length)))
        }
        let address = server.address
        let client = try RawClient(address, receiveBuffer: 4096)
        client.send(Self.get)
        try await OtherThread { try eventually(60, "the handler is asked") { isAsked.withLock { $0 } } }.value
        // Returns once there is no connection left, and that is long before its own end.
        let began = ContinuousClock.now
        await server.stop(within: .seconds(600))
        #expect(ContinuousClock.now - began < .seconds(300))
        #expect(try await OtherThread { try client.rest().count }.value < length)
    }

    @Test("One connection too many takes the place of the one that has waited longest")
    func eviction() async throws {
        try await ServedSite.run({ $0.connections = 2 }) { address in
            let clients = try (0..<3).map { _ in
                let client = try RawClient(address)
                client.send(Self.get)
                #expect(try client.response().status == 200)
                return client
            }
            #expect(try clients[0].rest().isEmpty)
            for client in clients.dropFirst() {
                client.send(Self.get)
                #expect(try client.response().status == 200)
            }
        }
    }

    @Test(
        "Clients that hold connections without a whole request do not keep others out",
        arguments: [
            "", "GET / HTTP/1.1\r\nX: ", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n", "nonsense\r\n\r\n",
        ])
    func slowClients(request: String) async throws {
        try await ServedSite.run({ $0.connections = 10 }) { address in
            let slow = try (0..<40).map { _ in
                let client = try RawClient(address)
                client.send(request)
                return client
            }
            let client = try RawClient(address)
            client.send(Self.get)
            #expect(try client.response().status == 200)
            withExtendedLifetime(slow) {}
        }
    }

    @Test("Where every connection is at work, one more is refused")
    func full() async throws {
        let gate = Locked<[CheckedContinuation<Void, Never>]>([])
        let slow: WebHandler = { request in
            if request.path == "/wait" { await withCheckedContinuation { go in gate.withLock { $0.append(go) } } }
            return .response(WebResponse(status: 204))
        }
        try await ServedSite.run({ $0.connections = 2 }, handler: slow) { address in
            let busy = try (0..<2).map { _ in
                let client = try RawClient(address)
                client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
                return client
            }
            try eventually(60, "both are at work") { gate.withLock { $0.count } == 2 }
            let refused = try RawClient(address)
            let response = try refused.response()
            #expect(response.status == 503)
            #expect(response.field("Retry-After") == "5")
            for go in gate.withLock({ $0 }) { go.resume() }
            for client in busy { #expect(try client.response().status == 204) }
        }
    }
}
