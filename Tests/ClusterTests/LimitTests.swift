import Harness
import TestSupport
import Testing

extension ClusterTests {
    /// What a cluster allows in one transaction.
    @Suite("Limits on a write set", .serialized)
    struct LimitTests {
        private static let items = 300

        private func limit(_ scene: ClusterScene, rows: Int) throws {
            for node in scene.cluster.nodes { try node.rows("SET GLOBAL wsrep_max_ws_rows = \(rows)") }
        }

        @Test(
            "The limit of rows is known to the row: one less is refused before anything is written, and that many are enough"
        )
        func rows() throws {
            let scene = try ClusterScene(rows: Self.items)
            defer { try? limit(scene, rows: 0) }
            var refused = 0
            for allowed in Self.items... {
                try limit(scene, rows: allowed)
                let made = try scene.run(["create", "--now", "2026-02-01T03:00:00Z"])
                guard made.code != 0 else { break }
                refused += 1
                try #require(made.code == 75 && refused < 20, "\(allowed): \(made.stderr)")
                #expect(made.stderr.contains("wsrep_max_ws_rows allows \(allowed)"), "\(made.stderr)")
                #expect(made.stderr.contains("Raise it") && !made.stderr.contains("writing the book"), "\(made.stderr)")
            }
            try limit(scene, rows: 0)
            #expect(
                try scene.books().map { $0.split(separator: " ")[0] } == [
                    "PNBOOK-2026-02-01-001", "PNBOOK-2026-01-01-001",
                ])
            try scene.expectWhole()
            ClusterForm.note(
                "wsrep_max_ws_rows",
                "\(refused) limits refused before writing (75), the next one enough; none exceeded (1180)")
        }

        @Test("A catalogue beyond the limit is not loaded, and it is said what to raise")
        func load() throws {
            let scene = try ClusterScene(rows: Self.items)
            defer { try? limit(scene, rows: 0) }
            try limit(scene, rows: 100)
            let folder = try scene.writeCatalogue(Self.items, edition: 2)
            let loaded = try scene.run(["load", folder, "--replace"])
            #expect(loaded.code == 75, "\(loaded.stderr)")
            #expect(loaded.stderr.contains("Raise wsrep_max_ws_rows on every node"), "\(loaded.stderr)")
            #expect(try scene.rows("SELECT DISTINCT description FROM lot_partnumbers") == ["edition 1"])
        }

        @Test("A book beyond a limit that was lowered stays, and the report says what to raise; then it goes")
        func removal() throws {
            let scene = try ClusterScene(rows: Self.items)
            defer { try? limit(scene, rows: 0) }
            #expect(try scene.run(["create", "--now", "2026-02-01T01:00:00Z"]).code == 0)
            try scene.load(50, edition: 2)
            try limit(scene, rows: 200)
            let words = ["create", "--allow-shrink", "--now"]
            #expect(try scene.run(words + ["2026-02-01T02:00:00Z"]).code == 0)
            let small = try scene.run(words + ["2026-02-01T03:00:00Z"])
            #expect(small.code == 0, "\(small.said)")
            #expect(small.said.contains("retention failed"), "\(small.said)")
            #expect(small.said.contains("wsrep_max_ws_rows") && small.said.contains("Raise"), "\(small.said)")
            #expect(try scene.books().count == 4)
            try limit(scene, rows: 0)
            #expect(try scene.run(["prune", "--now", "2026-02-01T04:00:00Z"]).code == 0)
            #expect(try scene.books().count == 3)
            try scene.expectWhole()
        }
    }
}
