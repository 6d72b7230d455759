import Foundation
import Harness
import Testing
import WebServer

/// One text for all, and none waited for.
@Suite("The hub of a WebSocket")
struct WebSocketHubTests {
    @Test("A slow listener is closed with 1013 while 50 others get everything")
    func slowListener() async throws {
        let hub = ServedSite.hub()
        // Without pings: among all other tests one might have to be answered before there is a thread to do it.
        let limits = { (limits: inout WebServerLimits) in
            (limits.listenerBacklogBytes, limits.timeToClose) = (64 << 10, .seconds(10))
            limits.pingInterval = .seconds(3600)
        }
        try await ServedSite.run(limits, hub: hub) { address in
            let slow = try RawClient.listener(address, receiveBuffer: 4096)
            let others = try (0..<50).map { _ in try RawClient.listener(address) }
            for listener in others { #expect(try listener.frame().text == "welcome") }
            #expect(hub.count == 51)
            let filling = String(repeating: "x", count: 10_000)
            var sent = 0
            while hub.count == 51, sent < 1000 {
                hub.broadcast("\(sent) \(filling)")
                for listener in others { #expect(try listener.frame().text.hasPrefix("\(sent) ")) }
                sent += 1
            }
            #expect(hub.count == 50)
            hub.broadcast("last")
            for listener in others { #expect(try listener.frame().text == "last") }
            var frames = [try slow.frame()]
            while frames.last?.opcode == 1 { frames.append(try slow.frame()) }
            #expect(frames.last?.closeCode == 1013)
            // The greeting and the goodbye are not among what was broadcast.
            #expect(frames.count - 2 < sent)
        }
    }

    @Test("A listener gets its greeting first, and then what was said in the meantime")
    func greeting() async throws {
        let go = Locked<CheckedContinuation<Void, Never>?>(nil)
        let hub = WebSocketHub(
            greeting: {
                await withCheckedContinuation { continuation in go.withLock { $0 = continuation } }
                return ["one", "two"]
            }, onCount: { _ in })
        try await ServedSite.run(hub: hub) { address in
            let client = try RawClient.listener(address)
            try eventually(60, "the greeting is asked for") { go.withLock { $0 != nil } }
            for text in ["three", "four"] { hub.broadcast(text) }
            go.withLock { $0?.resume() }
            #expect(try (0..<4).map { _ in try client.frame().text } == ["one", "two", "three", "four"])
        }
    }

    @Test("The number of listeners is told as they come and go, however they go")
    func counts() async throws {
        let counts = Locked<[Int]>([])
        let hub = ServedSite.hub { count in counts.withLock { $0.append(count) } }
        try await ServedSite.run(hub: hub) { address in
            hub.broadcast("to nobody")
            var clients = try (0..<3).map { _ in try RawClient.listener(address) }
            #expect(hub.count == 3)
            // Gone without a word.
            clients.removeLast()
            try eventually(60, "one has gone") { hub.count == 2 }
            clients[0].send(RawFrame.bytes(opcode: 8))
            try eventually(60, "another has gone") { hub.count == 1 }
        }
        #expect(hub.count == 0)
        #expect(counts.withLock { $0 } == [1, 2, 3, 2, 1, 0])
    }

    @Test("Texts of several threads arrive at all listeners in one order")
    func order() async throws {
        let hub = ServedSite.hub()
        try await ServedSite.run(hub: hub) { address in
            let clients = try (0..<5).map { _ in try RawClient.listener(address) }
            for client in clients { #expect(try client.frame().text == "welcome") }
            let speakers = (0..<4).map { speaker in
                OtherThread { for number in 0..<50 { hub.broadcast("\(speaker) \(number)") } }
            }
            for speaker in speakers { try speaker.wait() }
            let heard = try clients.map { client in try (0..<200).map { _ in try client.frame().text } }
            #expect(Set(heard).count == 1)
            for speaker in 0..<4 {
                #expect(heard[0].filter { $0.hasPrefix("\(speaker) ") } == (0..<50).map { "\(speaker) \($0)" })
            }
        }
    }

    @Test("There are no more listeners than there may be")
    func limit() async throws {
        try await ServedSite.run({ $0.listeners = 2 }, hub: ServedSite.hub()) { address in
            let clients = try (0..<2).map { _ in try RawClient.listener(address) }
            let refused = try RawClient(address)
            refused.send(RawClient.handshake())
            #expect(try refused.response().status == 503)
            withExtendedLifetime(clients) {}
        }
    }
}
