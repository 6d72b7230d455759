import Foundation
import Harness
import TestSupport
import Testing

extension ClusterTests {
    /// A session's number is one on each node: the same number on another node is somebody else.
    @Suite("A statement that is to be stopped", .serialized)
    struct KillTests {
        @Test("Cancelled while new connections lead to another node, no session of that node is harmed")
        func otherNode() throws {
            let scene = try ClusterScene()
            let (a, b) = (scene.a, scene.b)
            // The run's numbers must be ahead of all that the other node has given so far.
            let ahead = try Self.number(b) + 40
            while try Self.number(a) < ahead {}
            let blocker = try ServerSession(socket: a.server.socket, schema: scene.schema)
            try blocker.rows("LOCK TABLES lot_partnumbers WRITE")
            let gate = try ClusterGate(to: scene.cluster, .balancer, at: .reading)
            defer { gate.stop() }
            let run = try scene.start(
                ["create", "--now", "2026-02-01T03:00:00Z"], at: scene.url(hosts: gate.hosts))
            let sessions = "SELECT id FROM information_schema.processlist WHERE db = '\(scene.schema)'"
            try eventually(30, "the run reads") { gate.isMet || !run.isRunning }
            try eventually(30, "it waits for the table") {
                try !run.isRunning || a.rows(sessions + " AND state LIKE 'Waiting for table%'").count == 1
            }
            let numbers = Set(try a.rows(sessions).compactMap(Int.init))
            // On the other node, sessions with the same numbers that do something else.
            var victims: [ServerSession] = []
            while true {
                let session = try ServerSession(socket: b.server.socket, schema: scene.schema)
                let number = try session.rows("SELECT CONNECTION_ID()").first.flatMap(Int.init) ?? 0
                if numbers.contains(number) {
                    try session.send("SELECT SLEEP(120)")
                    victims.append(session)
                }
                if number > numbers.max() ?? 0 { break }
            }
            try #require(victims.count == numbers.count - 1 || victims.count == numbers.count)
            let sleeping = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(120)%'"
            try eventually(30, "they sleep") { try b.rows(sleeping) == ["\(victims.count)"] }
            let began = ContinuousClock.now
            run.signal(SIGTERM)
            let code = try run.wait(60)
            let took = (ContinuousClock.now - began).tenths
            #expect(code == 143, "\(run.stderr)")
            #expect(try b.rows(sleeping) == ["\(victims.count)"])
            #expect(victims.allSatisfy { $0.error == nil })
            try blocker.rows("UNLOCK TABLES")
            try scene.expectWhole()
            ClusterForm.note(
                "cancelled while new connections lead to another node",
                "\(victims.count) sessions there with the run's numbers, 0 harmed; exit \(code) after \(took) s")
        }

        /// The number of a new session.
        private static func number(_ node: ClusterNode) throws -> Int {
            try node.rows("SELECT CONNECTION_ID()").first.flatMap(Int.init) ?? 0
        }
    }
}
