import Harness
import TestSupport
import Testing

/// `--progress json`: what a program that starts this one reads on standard error
/// (<doc:JSONOutput#Progress-lines>).
@Suite("--progress json")
struct ProgressTests {
    /// Each line of standard error, which are JSON all.
    private static func lines(_ result: ProgramResult) throws -> [JSON] {
        try result.stderr.split(separator: "\n").map { try JSON(parsing: String($0)) }
    }

    private static let eventNames = [
        "active", "finished_at", "source", "started_at", "success", "task", "task_id", "type",
    ]

    @Test("The first line says that the task is active, the last that it went well", arguments: TestEngine.allCases)
    func completed(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        let result = try database.succeed("create", "--progress", "json", "--now", "2026-11-20T03:00:00Z")
        let task = try #require(try database.tasks().first { $0["type"] == "partnumber_book_create" })
        let lines = try Self.lines(result)
        let (first, last) = (try #require(lines.first), try #require(lines.last))
        for event in [first, last] {
            #expect(event.names == Self.eventNames)
            #expect(event["type"] == "task_status")
            #expect(event["source"] == "partnumber_books")
            #expect(event["task"] == "create")
            #expect(event["task_id"] == task["id"])
            #expect(event["started_at"] == task["started_at"])
        }
        #expect(first["active"] == true)
        #expect(first["finished_at"] == .null && first["success"] == .null)
        #expect(last["active"] == false)
        #expect(last["finished_at"] == task["completed_at"])
        #expect(last["success"] == true)
        let between = lines.dropFirst().dropLast()
        for line in between {
            #expect(line.names == ["message", "percent", "phase", "type"])
            #expect(line["type"] == "progress")
        }
        // A phase that takes longer than a second is told of more than once.
        let phases = between.reduce(into: [JSON]()) { if $0.last?["phase"] != $1["phase"] { $0.append($1) } }
        #expect(
            phases.map { $0["phase"] } == ["reading the catalogue", "writing the book", "committing", "retaining"])
        #expect(phases.map { $0["percent"] } == [0, 40, 95, 95])
        #expect(between.map { $0["message"] }.first == "reading the catalogue: 0 rows")
    }

    @Test("A run that fails says so before its error", arguments: TestEngine.allCases)
    func failed(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 10))
        try database.load(Catalogues.plain(parts: 1))
        let result = try database.pnbook("create", "--progress", "json", "--now", "2026-11-21T03:00:00Z")
        #expect(result.code == 14)
        let task = try #require(try database.tasks().first { $0["type"] == "partnumber_book_create" })
        let texts = result.stderr.split(separator: "\n").map(String.init)
        #expect(texts.last?.hasPrefix("pnbook: ") == true)
        let event = try JSON(parsing: try #require(texts.dropLast().last))
        #expect(event["type"] == "task_status")
        #expect(event["task_id"] == task["id"])
        #expect(event["active"] == false)
        #expect(event["finished_at"] == task["completed_at"])
        #expect(event["success"] == false)
    }

    @Test("Each verb that works has its own word", arguments: TestEngine.allCases)
    func words(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.plain(parts: 3))
        let load = try database.succeed("load", folder.path, "--progress", "json")
        let migrate = try database.succeed("migrate", "up", "--progress", "json")
        try database.succeed("create", "--now", "2026-11-20T03:00:00Z")
        try database.insertBook(version: "PNBOOK-2026-11-20-000", createdAt: "2026-11-20 02:00:00.000")
        let prune = try database.succeed("prune", "--progress", "json", "--now", "2026-11-20T05:00:00Z")
        for (result, word) in [(load, "load"), (migrate, "migrate"), (prune, "retention")] {
            let events = try Self.lines(result).filter { $0["type"] == "task_status" }
            #expect(events.map { $0["task"]?.string } == [word, word])
            #expect(events.map { $0["active"] } == [true, false])
        }
    }
}
