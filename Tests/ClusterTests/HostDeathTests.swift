import Foundation
import Harness
import TestSupport
import Testing

extension ClusterTests {
    /// A run dies with its machine, where nobody can see that its process is gone.
    @Suite("A machine that dies", .serialized, .enabled(if: ClusterForm.isLong))
    struct HostDeathTests {
        @Test(
            "Who comes next is told when the run will be presumed dead, and begins when that has been said",
            arguments: [RunStep.reading, .writing, .commit])
        func takenOver(at step: RunStep) throws {
            let scene = try ClusterScene(rows: 5000)
            let a = scene.a
            let hold = Locked(false)
            let gate = try ClusterGate(to: scene.cluster, .single, at: step) {
                hold.withLock { $0 = true }
                a.kill()
                return .cut
            }
            defer { gate.stop() }
            let run = try scene.start(
                ["create", "--now", "2026-02-01T03:00:00Z"], at: scene.url(hosts: gate.hosts), host: "host-a")
            try eventually(60, "the run has come to its step") { hold.withLock { $0 } }
            run.signal(SIGKILL)
            try run.wait()
            let died = Date()
            let there = scene.url(scene.b)
            try eventually(60, "the others go on without the dead node", every: 100_000) {
                scene.b.status("cluster_size") == "2" && scene.b.isSynced
            }
            var told = ""
            // Within its first seconds of silence it may only be slow.
            try eventually(60, "it is said when the run is presumed dead", every: 500_000) {
                let refused = try scene.run(["create", "--now", "2026-02-01T04:00:00Z"], at: there, host: "host-b")
                #expect(refused.code == 11 && refused.stderr.contains("its last sign of life: "), "\(refused.stderr)")
                told = refused.stderr
                return told.contains("presumed dead at ")
            }
            let said = try #require(told.firstMatch(of: /presumed dead at ([0-9-]+[ T][0-9:.]+)/)?.1)
            let next = try scene.run(
                ["create", "--wait", "150s", "--now", "2026-02-01T04:00:00Z", "--json"], at: there, host: "host-b")
            let took = Date().timeIntervalSince(died)
            #expect(next.code == 0, "\(next.said)")
            let failed = try scene.b.rows(
                "SELECT error_message FROM pnbook_tasks WHERE status = 'failed'", in: scene.schema)
            #expect(failed.first?.contains("was lost while") == true, "\(failed)")
            let promised = try Self.seconds(from: died, until: String(said))
            // Told to the second, and looked for a few times a second.
            #expect(took < promised + 8, "told \(promised) s, took \(took) s")
            try scene.expectWhole()
            try scene.expectTrue(next)
            ClusterForm.note(
                "take-over after the death of node and host at \(step.rawValue)",
                "said: presumed dead \(Int(promised.rounded())) s after the death; published \(Int(took.rounded())) s after it"
            )
        }

        private static func seconds(from start: Date, until text: String) throws -> Double {
            let formatter = DateFormatter()
            formatter.timeZone = TimeZone(identifier: "UTC")
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
            let plain = text.replacingOccurrences(of: "T", with: " ").prefix(19)
            let date = try #require(formatter.date(from: String(plain)), "\(text)")
            return date.timeIntervalSince(start)
        }
    }
}
