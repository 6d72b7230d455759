import Foundation
import Harness
import TestSupport
import Testing

extension ClusterTests {
    /// The run's node is out of its cluster for some seconds, and there is no other way to the database.
    @Suite("A node outside of its cluster", .serialized)
    struct OutageTests {
        /// Steps and seconds in the form that is run.
        private static let outages: [(RunStep, Double)] =
            ClusterForm.isLong
            ? RunStep.allCases.flatMap { step in [2, 5, 12, 30].map { (step, $0) } } : [(.writing, 2), (.commit, 2)]

        @Test("Is waited for, at every step; and what the run says afterwards is true")
        func isolated() throws {
            for (step, seconds) in Self.outages {
                let scene = try ClusterScene(rows: 5000)
                let a = scene.a
                try scene.fillDay()
                let healed = Locked<OtherThread<Double>?>(nil)
                let gate = try ClusterGate(to: scene.cluster, .single, at: step) {
                    do { try a.loseCluster() } catch { Issue.record(error) }
                    let began = ContinuousClock.now
                    let thread = OtherThread {
                        usleep(UInt32(seconds * 1_000_000))
                        try a.isolate(false)
                        try eventually(60, "the node is in its cluster again", every: 20_000) { a.isSynced }
                        return (ContinuousClock.now - began).seconds
                    }
                    healed.withLock { $0 = thread }
                    return .pass
                }
                defer { gate.stop() }
                let (report, took) = try scene.createThirdBook(through: gate)
                #expect(gate.isMet, "\(step)")
                let outage = try healed.withLock { $0 }?.wait(seconds: 90) ?? 0
                #expect(report.code == 0, "\(step), \(seconds) s: \(report.said)")
                try scene.expectTrue(report)
                try scene.expectWhole()
                // Nothing is left as running, and nothing waits for the next night.
                #expect(try scene.rows("SELECT COUNT(*) FROM pnbook_tasks WHERE status = 'running'") == ["0"])
                #expect(!report.said.contains("could not be marked"), "\(step), \(seconds) s: \(report.said)")
                #expect(!report.said.contains("retention failed"), "\(step), \(seconds) s: \(report.said)")
                ClusterForm.note(
                    "outage of the only node at \(step.rawValue)",
                    "\(seconds) s (\(Int(outage.rounded())) s until synced): exit \(report.code) after \(took) s")
            }
        }

        @Test("Two nodes that freeze take the third one's cluster away; the run waits for that too")
        func frozen() throws {
            for step in ClusterForm.isLong ? [RunStep.reading, .writing, .commit] : [.writing] {
                let scene = try ClusterScene(rows: 5000)
                let (a, b, c) = (scene.a, scene.b, scene.c)
                let gate = try ClusterGate(to: scene.cluster, .single, at: step) {
                    for node in [b, c] { node.freeze() }
                    Thread.detachNewThread {
                        // Only from then on is it an outage, of some seconds.
                        try? eventually(60, "the node is alone", every: 50_000) { a.isOutside }
                        usleep(3_000_000)
                        for node in [b, c] { node.thaw() }
                    }
                    return .pass
                }
                defer { gate.stop() }
                let (report, took) = try scene.createThirdBook(through: gate)
                try scene.cluster.waitUntilWhole()
                try scene.expectTrue(report)
                try scene.expectWhole()
                ClusterForm.note("two of three nodes frozen at \(step.rawValue)", "exit \(report.code) after \(took) s")
            }
        }

        @Test("A run whose node freezes goes on with another one", .enabled(if: ClusterForm.isLong))
        func frozenNode() throws {
            for route in ClusterGate.Route.severalNodes {
                for step in [RunStep.reading, .writing, .commit] {
                    let scene = try ClusterScene(rows: 5000)
                    let a = scene.a
                    let gate = try ClusterGate(to: scene.cluster, route, at: step) {
                        a.freeze()
                        Thread.detachNewThread {
                            usleep(25_000_000)
                            a.thaw()
                        }
                        return .pass
                    }
                    defer { gate.stop() }
                    let (report, took) = try scene.createThirdBook(through: gate, seconds: 400)
                    a.thaw()
                    try scene.cluster.waitUntilWhole()
                    try scene.expectTrue(report)
                    try scene.expectWhole()
                    ClusterForm.note(
                        "the run's node frozen for 25 s at \(step.rawValue), \(route.rawValue)",
                        "exit \(report.code) after \(took) s")
                }
            }
        }
    }
}
