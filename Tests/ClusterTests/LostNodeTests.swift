import Foundation
import Harness
import TestSupport
import Testing

extension ClusterTests {
    /// A node dies with the run's connections, and the run goes on with another one.
    @Suite("A node that dies", .serialized)
    struct LostNodeTests {
        @Test(
            "Its run begins again on another node; the node comes back by IST, and is as the others",
            arguments: ClusterForm.isLong ? [.reading, .writing, .retention, .finish] : [RunStep.reading, .writing])
        func killed(at step: RunStep) throws {
            let short: [ClusterGate.Route] = [step == .reading ? .list : .balancer]
            for route in ClusterForm.isLong ? ClusterGate.Route.severalNodes : short {
                for _ in 1...ClusterForm.rounds(1, long: 2) {
                    let scene = try ClusterScene(rows: 5000)
                    try scene.fillDay()
                    let gate = try ClusterGate(to: scene.cluster, route, at: step) {
                        scene.a.kill()
                        return .cut
                    }
                    defer { gate.stop() }
                    let (report, took) = try scene.createThirdBook(through: gate)
                    #expect(gate.isMet)
                    if [.reading, .writing].contains(step) {
                        #expect(report.said.contains("started over: "), "\(report.said)")
                    }
                    #expect(!report.said.contains("could not be marked"), "\(report.said)")
                    try scene.a.comeBack()
                    try scene.cluster.waitUntilWhole()
                    try scene.expectTrue(report)
                    try scene.expectWhole()
                    #expect(scene.a.log.contains("IST received"), "\(scene.a.log)")
                    #expect(try scene.rows("SELECT COUNT(*) FROM pnbook_book_ledger") == ["4"])
                    ClusterForm.note(
                        "kill -9 of the run's node while \(step.rawValue), \(route.rawValue)",
                        "exit \(report.code), \(took) s")
                }
            }
        }

        @Test("Killed at the commit: what the run says of its book is true, wherever it looks")
        func commit() throws {
            let delays = ClusterForm.isLong ? [0, 5, 20, 50, 100, 200] : [50]
            var published = 0
            var lost = 0
            var answered = 0
            var wrong = 0
            for route in ClusterGate.Route.severalNodes {
                for delay in delays {
                    let scene = try ClusterScene(rows: 20_000)
                    let a = scene.a
                    let gate = try ClusterGate(to: scene.cluster, route, at: .commit) {
                        // The COMMIT goes on its way, and the node dies on its own.
                        Thread.detachNewThread {
                            usleep(UInt32(delay) * 1000)
                            a.kill()
                        }
                        return .pass
                    }
                    defer { gate.stop() }
                    let report = try scene.run(
                        ["create", "--now", "2026-02-01T03:00:00Z", "--json"], at: scene.url(hosts: gate.hosts))
                    try eventually(30, "the node is dead") { a.server.pid == nil }
                    try scene.expectWhole()
                    try scene.expectTrue(report)
                    let task = try report.json["task"]?["id"]?.string ?? ""
                    let books = try scene.books(ofTask: task)
                    let said = report.said
                    if said.contains("looked afterwards: the book was published") {
                        published += 1
                        if books != ["PNBOOK-2026-02-01-001"] { wrong += 1 }
                    } else if said.contains("looked afterwards: nothing was changed") {
                        lost += 1
                        if books.count != 1 { wrong += 1 }
                    } else {
                        answered += 1
                        if books.count != 1 { wrong += 1 }
                    }
                    #expect(try scene.books().count == 2, "\(said)")
                }
            }
            #expect(wrong == 0)
            ClusterForm.note(
                "kill -9 at the commit, with another node to go on with: false reports",
                "\(wrong) of \(published + lost + answered) (found published \(published), found lost \(lost), answered before \(answered))"
            )
        }

        @Test("A commit whose answer was lost is found on another node, however far behind that is")
        func behind() throws {
            for route in ClusterGate.Route.severalNodes {
                let scene = try ClusterScene(rows: 20_000)
                // A session is used on two threads, one after the other.
                nonisolated(unsafe) let holder = try ServerSession(socket: scene.b.server.socket, schema: scene.schema)
                let isHeld = Locked(false)
                let gate = try ClusterGate(to: scene.cluster, route, at: .commit, cutsAnswer: true) {
                    // From here on the other node takes in nothing.
                    _ = try? holder.rows("LOCK TABLES qt_partnumber_books READ")
                    isHeld.withLock { $0 = true }
                    return .pass
                }
                defer { gate.stop() }
                let run = try scene.start(
                    ["create", "--now", "2026-02-01T03:00:00Z", "--json"], at: scene.url(hosts: gate.hosts))
                try eventually(60, "the run looks on the other node") {
                    let sessions = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '\(scene.schema)'"
                    // One is the holder's.
                    let isLooking = try isHeld.withLock { $0 } && scene.b.rows(sessions) != ["1"]
                    return isLooking || !run.isRunning
                }
                #expect(run.isRunning, "\(run.stderr)")
                try holder.rows("UNLOCK TABLES")
                let report = try run.result(180)
                #expect(report.said.contains("looked afterwards: the book was published"), "\(report.said)")
                try scene.expectTrue(report)
                try scene.expectWhole()
            }
        }
    }
}
