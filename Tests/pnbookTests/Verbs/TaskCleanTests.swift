import Harness
import TestSupport
import Testing

/// `task clean`: old tasks go, but for the last success and the last failure of each type.
@Suite("task clean")
struct TaskCleanTests {
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        try database.succeed("migrate", "up", "--now", "2026-01-01T00:00:00Z")
        for day in 1...5 {
            try database.succeed("create", "--now", "2026-01-0\(day)T03:00:00Z")
        }
        return database
    }

    private static func creations(_ database: TestDatabase) throws -> [String?] {
        try database.tasks().filter { $0["type"] == "partnumber_book_create" }.map { task in
            task["started_at"]?.string.map { String($0.prefix(10)) }
        }
    }

    @Test("What ended longer ago goes; the last success stays, however old", arguments: TestEngine.allCases)
    func olderThan(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let first = try database.succeed("task", "clean", "--older-than", "36h", "--now", "2026-01-05T04:00:00Z")
        #expect(first.stdout.hasSuffix("3 tasks removed.\n"), "\(first.stdout)")
        #expect(try Self.creations(database) == ["2026-01-05", "2026-01-04"])
        let second = try database.succeed(
            "task", "clean", "--older-than", "1d", "--json", "--now", "2027-01-01T00:00:00Z")
        #expect(try second.json["removed"] == 1)
        #expect(try Self.creations(database) == ["2026-01-05"])
        #expect(try database.tasks().count >= 3, "the last load, migration and creation")
    }

    @Test("Ninety days, where nothing is said; a word is no duration")
    func options() throws {
        let database = try Self.database(.sqlite)
        let kept = try database.succeed("task", "clean", "--now", "2026-04-01T00:00:00Z")
        #expect(kept.stdout.hasSuffix("0 tasks removed.\n"), "\(kept.stdout)")
        let removed = try database.succeed("task", "clean", "--now", "2026-05-01T00:00:00Z")
        #expect(removed.stdout.hasSuffix("4 tasks removed.\n"), "\(removed.stdout)")
        let refused = try database.pnbook("task", "clean", "--older-than", "soon")
        #expect(refused.code == 64)
        #expect(refused.stderr.contains("--older-than 'soon'"))
    }
}
