import Foundation
import Harness
import Testing
import WebServer

/// RFC 6455, as far as listeners need it.
@Suite("WebSockets")
struct WebSocketTests {
    @Test("The handshake answers the key of the standard's example, and takes on no extension")
    func handshake() async throws {
        try await ServedSite.run(hub: ServedSite.hub()) { address in
            let client = try RawClient(address)
            client.send(RawClient.handshake(upgrade: "WebSocket"))
            let response = try client.response()
            #expect(response.status == 101)
            #expect(response.field("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(response.field("Sec-WebSocket-Extensions") == nil)
            #expect(try client.frame().text == "welcome")
        }
    }

    @Test(
        "A request that does not ask for a WebSocket in the right way gets none",
        arguments: [
            ("GET /ws HTTP/1.1\r\nHost: a\r\n\r\n", 426),
            (RawClient.handshake(upgrade: "h2c"), 426), (RawClient.handshake(connection: "close"), 426),
            (RawClient.handshake(version: "8"), 426), (RawClient.handshake(key: "short"), 400),
            (RawClient.handshake(key: "dGhlIHNhbXBsZSBub25jZQ!="), 400),
            (RawClient.handshake().replacing("GET", with: "POST"), 426),
        ])
    func refused(request: String, status: Int) async throws {
        try await ServedSite.run(hub: ServedSite.hub()) { address in
            let client = try RawClient(address)
            client.send(request)
            let response = try client.response()
            #expect(response.status == status)
            #expect(status != 426 || response.field("Sec-WebSocket-Version") == "13")
        }
    }

    @Test("Frames that follow the request at once are read")
    func early() async throws {
        try await ServedSite.run(hub: ServedSite.hub()) { address in
            let client = try RawClient(address)
            client.send(Array(RawClient.handshake().utf8) + RawFrame.bytes(opcode: 9, [1, 2, 3]))
            #expect(try client.response().status == 101)
            let frames = [try client.frame(), try client.frame()]
            #expect(frames.contains(RawFrame(opcode: 10, payload: [1, 2, 3])))
        }
    }

    @Test("Every length of a text arrives", arguments: [0, 1, 125, 126, 65_535, 65_536, 200_000])
    func lengths(length: Int) async throws {
        let hub = ServedSite.hub()
        try await ServedSite.run(hub: hub) { address in
            let client = try RawClient.listener(address)
            #expect(try client.frame().text == "welcome")
            hub.broadcast(String(repeating: "я", count: length / 2))
            #expect(
                try client.frame()
                    == RawFrame(opcode: 1, payload: Array(String(repeating: "я", count: length / 2).utf8)))
        }
    }

    @Test("What listeners say is ignored, in one frame or in several")
    func ignored() async throws {
        let hub = ServedSite.hub()
        try await ServedSite.run(hub: hub) { address in
            let client = try RawClient.listener(address)
            #expect(try client.frame().text == "welcome")
            client.send(RawFrame.bytes(opcode: 1, Array("hello".utf8)))
            client.send(RawFrame.bytes(opcode: 2, [UInt8](repeating: 1, count: 2000), isLast: false))
            client.send(RawFrame.bytes(opcode: 9, [7]))
            client.send(RawFrame.bytes(opcode: 0, [UInt8](repeating: 1, count: 2000)))
            client.send(RawFrame.bytes(opcode: 10))
            #expect(try client.frame() == RawFrame(opcode: 10, payload: [7]))
            hub.broadcast("on")
            #expect(try client.frame().text == "on")
        }
    }

    static let wrongFrames: [(String, [UInt8], UInt16)] = [
        ("unmasked", RawFrame.bytes(opcode: 1, [65], isMasked: false), 1002),
        ("reserved opcode", RawFrame.bytes(opcode: 3, [65]), 1002),
        ("reserved control opcode", RawFrame.bytes(opcode: 11), 1002),
        ("reserved bit", RawFrame.bytes(opcode: 0x41, [65]), 1002),
        ("continues nothing", RawFrame.bytes(opcode: 0, [65]), 1002),
        (
            "begins within a message",
            RawFrame.bytes(opcode: 1, [65], isLast: false) + RawFrame.bytes(opcode: 1, [65]), 1002
        ),
        ("control in pieces", RawFrame.bytes(opcode: 9, [65], isLast: false), 1002),
        ("long control", RawFrame.bytes(opcode: 9, [UInt8](repeating: 0, count: 126)), 1002),
        ("large", RawFrame.bytes(opcode: 1, [UInt8](repeating: 65, count: 5000)), 1009),
        (
            "large in pieces",
            RawFrame.bytes(opcode: 1, [UInt8](repeating: 65, count: 3000), isLast: false)
                + RawFrame.bytes(opcode: 0, [UInt8](repeating: 65, count: 3000)), 1009
        ),
        ("endless", [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4], 1009),
        ("beyond all numbers", [0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4], 1009),
        ("close with one byte", RawFrame.bytes(opcode: 8, [3]), 1002),
        ("close with a code that is not for the wire", RawFrame.bytes(opcode: 8, [0x03, 0xEE]), 1002),
        ("close with a reason that is not UTF-8", RawFrame.bytes(opcode: 8, [0x03, 0xE8, 0xFF]), 1002),
        ("close with a code", RawFrame.bytes(opcode: 8, [0x03, 0xE8, 65]), 1000),
        ("close with a code of its own", RawFrame.bytes(opcode: 8, [0x0F, 0xA0]), 4000),
    ]

    @Test("A frame that ends the WebSocket is answered with its code", arguments: wrongFrames.indices)
    func ending(index: Int) async throws {
        let (what, bytes, code) = Self.wrongFrames[index]
        let hub = ServedSite.hub()
        try await ServedSite.run(hub: hub) { address in
            let client = try RawClient.listener(address)
            #expect(try client.frame().text == "welcome")
            client.send(bytes)
            #expect(try client.frame().closeCode == code, "\(what)")
            #expect(hub.count == 0)
            client.endSending()
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("A close frame without a code is answered with one")
    func emptyClose() async throws {
        try await ServedSite.run(hub: ServedSite.hub()) { address in
            let client = try RawClient.listener(address)
            #expect(try client.frame().text == "welcome")
            client.send(RawFrame.bytes(opcode: 8))
            #expect(try client.frame() == RawFrame(opcode: 8, payload: []))
            #expect(try client.rest().isEmpty)
        }
    }

    @Test("A listener that answers a ping gets the next one")
    func answeredPings() async throws {
        let hub = ServedSite.hub()
        try await ServedSite.run({ $0.pingInterval = .seconds(2) }, hub: hub) { address in
            let client = try RawClient.listener(address)
            // On a busy machine the first ping may come before the greeting.
            var texts: [String] = []
            var pings = 0
            while pings < 2 || texts.isEmpty {
                let frame = try client.frame()
                guard frame == RawFrame(opcode: 9, payload: []) else {
                    texts.append(frame.text)
                    continue
                }
                pings += 1
                client.send(RawFrame.bytes(opcode: 10))
            }
            #expect(texts == ["welcome"] && hub.count == 1)
        }
    }

    @Test("A listener that answers no ping is gone")
    func unansweredPing() async throws {
        let hub = ServedSite.hub()
        try await ServedSite.run({ $0.pingInterval = .milliseconds(30) }, hub: hub) { address in
            let client = try RawClient.listener(address)
            try eventually(60, "the listener is gone") { hub.count == 0 }
            let frames = try client.rest()
            #expect(frames.firstRange(of: [0x89, 0]) != nil)
        }
    }

    @Test("Any bytes are answered or closed, and other listeners hear all the same")
    func garbage() async throws {
        let hub = ServedSite.hub()
        try await ServedSite.run(hub: hub) { address in
            let other = try RawClient.listener(address)
            #expect(try other.frame().text == "welcome")
            var random = SplitMix64(seed: 6455)
            for _ in 0..<100 {
                let client = try RawClient.listener(address)
                client.send((0..<random.next() % 300).map { _ in UInt8(truncatingIfNeeded: random.next()) })
                client.endSending()
                _ = try client.rest()
            }
            try eventually(60, "the others have gone") { hub.count == 1 }
            hub.broadcast("still here")
            #expect(try other.frame().text == "still here")
        }
    }
}
