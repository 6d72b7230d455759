import Foundation
import Harness
import Testing
import WebServer

/// The orderly end of a server.
@Suite("Stopping a server")
struct StopTests {
    private static func start(
        _ hub: WebSocketHub? = nil, _ handler: @escaping WebHandler = ServedSite.echo
    ) async throws -> WebServer {
        var limits = WebServerLimits()
        limits.timeToClose = .seconds(60)
        return try await WebServer.start(WebServerOptions(address: ServedSite.anyPort, limits: limits)) { request in
            if request.path == "/ws", let hub { .webSocket(hub) } else { await handler(request) }
        }
    }

    @Test("What is being answered is finished, what waits is closed, and nobody new is let in")
    func finishes() async throws {
        let go = Locked<CheckedContinuation<Void, Never>?>(nil)
        let server = try await Self.start(nil) { request in
            if request.path == "/wait" { await withCheckedContinuation { next in go.withLock { $0 = next } } }
            return .response(WebResponse(status: 200))
        }
        let address = server.address
        let clients = OtherThread {
            let (idle, busy) = (try RawClient(address), try RawClient(address))
            busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            try eventually(60, "the handler is at work") { go.withLock { $0 != nil } }
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try idle.response().status == 200)
            let stopping = OtherThread { try idle.rest() }
            _ = Task { await server.stop(within: .seconds(60)) }
            #expect(try stopping.wait().isEmpty)
            #expect(throws: ProgramError.self) { try RawClient(address) }
            go.withLock { $0?.resume() }
            let response = try busy.response()
            #expect(response.status == 200)
            #expect(response.field("Connection") == "close")
            #expect(try busy.rest().isEmpty)
        }
        try await clients.value
        await server.stop(within: .seconds(60))
    }

    @Test("Listeners are told that the server goes away")
    func listeners() async throws {
        let hub = ServedSite.hub()
        let server = try await Self.start(hub)
        let address = server.address
        let client = OtherThread {
            let client = try RawClient.listener(address)
            #expect(try client.frame().text == "welcome")
            _ = Task { await server.stop(within: .seconds(60)) }
            #expect(try client.frame().closeCode == 1001)
            client.send(RawFrame.bytes(opcode: 8, [0x03, 0xE9]))
            #expect(try client.rest().isEmpty)
        }
        try await client.value
        await server.stop(within: .seconds(60))
        #expect(hub.count == 0)
    }

    @Test("A client that does not go, and a handler that does not return, are cut off")
    func grace() async throws {
        let hub = ServedSite.hub()
        let (never, go) = AsyncStream<Void>.makeStream()
        let isAsked = Locked(false)
        let server = try await Self.start(hub) { _ in
            isAsked.withLock { $0 = true }
            for await _ in never {}
            return .response(WebResponse(status: 200))
        }
        let address = server.address
        let clients = OtherThread {
            let clients = [try RawClient.listener(address), try RawClient(address)]
            clients[1].send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            return try clients.map { client in try client.rest() }.count
        }
        try await OtherThread { try eventually(60, "both are there") { hub.count == 1 && isAsked.withLock { $0 } } }
            .value
        await server.stop(within: .milliseconds(50))
        #expect(try await clients.value == 2)
        go.finish()
    }
}
