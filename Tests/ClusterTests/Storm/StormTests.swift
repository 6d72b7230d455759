import Foundation
import Harness
import TestSupport
import Testing

extension ClusterTests {
    /// Everything at once, for minutes.
    @Suite("A storm", .serialized, .enabled(if: ClusterForm.stormMinutes > 0))
    struct StormTests {
        @Test("Readers, verbs, edits, and nodes that die, freeze and are cut off: no promise is broken")
        func storm() throws {
            let scene = try ClusterScene(rows: 3000)
            try StormScene.fill(scene)
            #expect(try scene.run(["create"]).code == 0)
            let seed = UInt64.random(in: 0...UInt64.max)
            print("storm: seed \(seed)")
            let tally = StormTally()
            let end = Date(timeIntervalSinceNow: ClusterForm.stormMinutes * 60)
            let isOver: @Sendable () -> Bool = { Date() >= end }
            let gates = try ClusterGate.Route.severalNodes.map { route in
                try ClusterGate(to: scene.cluster, route, at: nil)
            }
            defer { for gate in gates { gate.stop() } }
            let seen = Locked<[String: String]>([:])
            let checker = ClusterChecker(schema: scene.schema)
            let readers = scene.cluster.nodes.map { node in
                let reader = StormReader(node: node, checker: checker, tally: tally, seen: seen)
                return OtherThread {
                    while !isOver() {
                        reader.look()
                        usleep(200_000)
                    }
                }
            }
            let workers = (1...3).map { number in
                let worker = StormWorker(
                    scene, gates: gates.map(\.hosts), host: "host-\(number)", seed: seed &+ UInt64(number), tally)
                return OtherThread { while !isOver() { try worker.next() } }
            }
            let faults = StormFaults(scene.cluster, seed: seed, tally, until: isOver)
            let breaker = OtherThread { while !isOver() { try faults.next() } }
            let limit = ClusterForm.stormMinutes * 60 + 900
            for thread in readers + workers + [breaker] { try thread.wait(seconds: limit) }
            try scene.cluster.heal()
            // Whoever died in the storm is found dead now.
            let last = try scene.run(["create", "--wait", "3m", "--json"], host: "host-last", seconds: 400)
            try scene.expectTrue(last)
            try expectRest(scene, tally)
            ClusterForm.note("storm of \(ClusterForm.stormMinutes) min: violations", "\(tally.violations.count)")
            ClusterForm.note("storm: faults", tally.counts("fault: "))
            ClusterForm.note("storm: runs", tally.counts("run: "))
            ClusterForm.note(
                "storm: looks, edits, reports compared with the ledger",
                "\(tally.count(of: "looks")), \(tally.count(of: "edits")), \(tally.reports.count)")
            #expect(tally.violations == [])
        }

        /// What must be true once all is quiet.
        private func expectRest(_ scene: ClusterScene, _ tally: StormTally) throws {
            try scene.expectWhole()
            for node in scene.cluster.nodes {
                let verified = try scene.run(["verify"], at: scene.url(node))
                #expect(verified.code == 0, "\(verified.said)")
            }
            #expect(try scene.rows("SELECT COUNT(*) FROM pnbook_tasks WHERE status = 'running'") == ["0"])
            for report in tally.reports {
                let books = try scene.books(ofTask: report.task)
                if books != (report.version.map { [$0] } ?? []) {
                    tally.violation("task \(report.task) has \(books) and said: \(report.said)")
                }
            }
        }
    }
}
