import Foundation
import Harness
import TestSupport
import Testing

extension ClusterTests {
    /// Runs on several nodes, at the same moment and one right after the other.
    @Suite("Runs on three nodes", .serialized)
    struct StartTests {
        private static func day(_ number: Int) -> String { "2026-02-\(number < 10 ? "0" : "")\(number)T03:00:00Z" }

        @Test("Of three that start at the same moment on three nodes one works, and the others are told by whom")
        func sameMoment() throws {
            let scene = try ClusterScene()
            let rounds = ClusterForm.rounds(3, long: 20)
            var books = 1
            for round in 1...rounds {
                let runs = try scene.cluster.nodes.map {
                    try scene.start(["create", "--now", Self.day(round)], at: scene.url($0), host: "host-\($0.name)")
                }
                let results = try runs.map { try $0.result(180) }
                // On a loaded machine one may begin when another has ended.
                let codes = results.map(\.code)
                #expect(codes.contains(0) && codes.allSatisfy { [0, 11].contains($0) }, "\(results)")
                books += codes.count { $0 == 0 }
                for refused in results where refused.code == 11 {
                    #expect(
                        refused.stderr.contains("partnumber_book_create is running by process "), "\(refused.stderr)")
                    #expect(
                        refused.stderr.contains(" on host-") && refused.stderr.contains("(task "), "\(refused.stderr)")
                }
            }
            try scene.expectWhole()
            #expect(try scene.rows("SELECT COUNT(*) FROM pnbook_book_ledger") == ["\(books)"])
            ClusterForm.note(
                "three starts at once",
                "\(rounds) rounds: \(books - 1) books, \(3 * rounds - books + 1) times told who is at work")
        }

        @Test("Three that wait for each other work in turn; of three that skip, one works")
        func patient() throws {
            let scene = try ClusterScene()
            let rounds = ClusterForm.rounds(1, long: 8)
            for round in 1...rounds {
                for (hour, words) in [["--wait", "2m"], ["--if-running", "skip"]].enumerated() {
                    let now = "2026-02-\(10 + round)T0\(hour + 1):00:00Z"
                    let runs = try scene.cluster.nodes.map {
                        try scene.start(["create", "--now", now] + words, at: scene.url($0), host: "host-\($0.name)")
                    }
                    let results = try runs.map { try $0.result(180) }
                    #expect(results.map(\.code) == [0, 0, 0], "\(results)")
                }
            }
            try scene.expectWhole()
            #expect(try scene.rows("SELECT COUNT(*) >= \(1 + 4 * rounds) FROM pnbook_book_ledger") == ["1"])
            ClusterForm.note("three starts, --wait 2m and --if-running skip", "\(rounds) rounds each, all 0")
        }

        @Test("A run that has ended is not called running by the next one, on whichever node that is")
        func rightAfter() throws {
            let scene = try ClusterScene(rows: 5000)
            let rounds = ClusterForm.rounds(6, long: 20)
            var calledRunning = 0
            for round in 1...rounds {
                let node = scene.cluster.nodes[round % 3]
                let made = try scene.run(
                    ["create", "--now", Self.day(round), "--json"], at: scene.url(node), host: "host-\(node.name)")
                if made.code == 11 { calledRunning += 1 }
                try #require(made.code == 0, "\(made.stderr)")
                // What has been published is what the next node shows.
                let listed = try scene.run(
                    ["show", "active", "--json"], at: scene.url(scene.cluster.nodes[(round + 1) % 3]))
                #expect(try listed.json["version"] == made.json["book"]?["version"], "\(listed.said)")
            }
            try scene.expectWhole()
            ClusterForm.note(
                "create on one node right after another: ended runs called running", "\(calledRunning) of \(rounds)")
        }

        @Test("Migrations asked for on three nodes at once are applied once")
        func migrations() throws {
            let rounds = ClusterForm.rounds(1, long: 6)
            for _ in 1...rounds {
                let scene = try ClusterScene(isMigrated: false)
                let runs = try scene.cluster.nodes.map {
                    try scene.start(["migrate", "up"], at: scene.url($0), host: "host-\($0.name)")
                }
                let results = try runs.map { try $0.result(180) }
                let codes = results.map(\.code)
                #expect(codes.contains(0) && codes.allSatisfy { [0, 11].contains($0) }, "\(results)")
                for node in scene.cluster.nodes {
                    #expect(try scene.run(["migrate", "status"], at: scene.url(node)).code == 0)
                }
                #expect(try scene.run(["create", "--now", Self.day(1)], at: scene.url(scene.c)).code == 0)
                try scene.expectWhole()
            }
            ClusterForm.note(
                "migrate up on three nodes at once",
                "\(rounds) rounds: one applies them, the others are told (11) or find them applied")
        }

        @Test("A node left on RSU by an upgrade is migrated with its cluster")
        func rollingUpgrade() throws {
            let scene = try ClusterScene(isMigrated: false)
            try scene.a.rows("SET GLOBAL wsrep_OSU_method = 'RSU'")
            defer { _ = try? scene.a.rows("SET GLOBAL wsrep_OSU_method = 'TOI'") }
            let migrated = try scene.run(["migrate", "up"])
            #expect(migrated.code == 0, "\(migrated.stderr)")
            for node in scene.cluster.nodes {
                #expect(try scene.rows("SHOW TABLES LIKE 'qt_partnumber_book_items'", on: node).count == 1)
            }
            #expect(try scene.run(["create", "--now", Self.day(1)]).code == 0)
            try scene.cluster.waitUntilWhole(10)
            try scene.expectWhole()
            ClusterForm.note("migrate up on a node with RSU", "tables on all three nodes; none left the cluster")
        }
    }
}
