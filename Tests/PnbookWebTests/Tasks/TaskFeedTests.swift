import Database
import Harness
import Tasks
import TestSupport
import Testing

@testable import PnbookWeb

/// One reader of the tasks for all listeners.
@Suite("The feed of tasks")
struct TaskFeedTests {
    private static func feed(
        _ bench: WebBench, opening: @escaping TaskFeed.Opening, into texts: Locked<[String]>
    ) -> TaskFeed {
        TaskFeed(
            open: opening, previews: PreviewRuns(bench.context), logger: bench.context.logger,
            // Short, but not at the expense of the tests that run beside it.
            pause: .milliseconds(100)
        ) { text in texts.withLock { $0.append(text) } }
    }

    private static func json(_ texts: Locked<[String]>) throws -> [JSON] {
        try texts.withLock { $0 }.map(JSON.init(parsing:))
    }

    @Test("Each change of state and of progress of any process is announced once", arguments: TestEngine.allCases)
    func events(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 3)
        let texts = Locked<[String]>([])
        let context = bench.context
        let feed = Self.feed(bench, opening: { try context.storedTasks() }, into: texts)
        defer { feed.stop() }
        feed.setListeners(1)
        try bench.changeTasks(
            """
            INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at, started_at)
            VALUES ('host-1', 'price_import', 'processing', 5, 'reading: 10 of 100 rows', 'api:host', '2035-01-01 00:00:00.000',
                '2035-01-01 00:00:01.000')
            """)
        try await soon("it is announced") { texts.withLock { $0.count } >= 2 }
        let begun = try Self.json(texts)
        #expect(
            begun[0] == [
                "type": "task_status", "source": "partnumber_books", "task": "import", "task_id": "host-1",
                "active": true,
                "started_at": "2035-01-01T00:00:01.000Z", "finished_at": .null, "success": .null,
            ])
        #expect(begun[1]["type"] == "task_progress" && begun[1]["step"] == "reading" && begun[1]["progress"] == 5)
        #expect(begun[1]["done"] == 10 && begun[1]["total"] == 100 && begun[1]["unit"] == "rows")
        try bench.changeTasks(
            "UPDATE pnbook_tasks SET progress = 50, message = 'reading: 50 of 100 rows' WHERE id = 'host-1'")
        try await soon("its progress is announced") { texts.withLock { $0.count } >= 3 }
        try bench.changeTasks(
            """
            UPDATE pnbook_tasks SET status = 'completed', completed_at = '2035-01-01 00:00:09.000' WHERE id = 'host-1'
            """)
        try await soon("its end is announced") { texts.withLock { $0.count } >= 4 }
        let ended = try Self.json(texts)
        #expect(ended.map { $0["type"] } == ["task_status", "task_progress", "task_progress", "task_status"])
        #expect(ended[3]["active"] == false && ended[3]["success"] == true)
        #expect(ended[3]["finished_at"] == "2035-01-01T00:00:09.000Z")
        // A run so short that it was never seen at work.
        try bench.pnbook("create", "--if-changed")
        try await soon("its end is announced") {
            texts.withLock {
                $0.last.map { $0.contains("\"task\":\"create\"") && $0.contains("\"active\":false") } == true
            }
        }
        #expect(try Self.json(texts).last?["success"] == true)
    }

    @Test("A new listener is told of what runs, and nothing is read while nobody listens")
    func greeting() async throws {
        let bench = try WebBench(.sqlite, parts: 3)
        let texts = Locked<[String]>([])
        let openings = Locked(0)
        let context = bench.context
        let feed = Self.feed(
            bench,
            opening: {
                openings.withLock { $0 += 1 }
                return try context.storedTasks()
            }, into: texts)
        defer { feed.stop() }
        #expect(feed.greeting() == [] && openings.withLock { $0 } == 1)
        try bench.changeTasks(
            """
            INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at)
            VALUES ('host-1', 'price_import', 'queued', 0, '', 'api:host', '2035-01-01 00:00:00.000')
            """)
        let greeting = try feed.greeting().map(JSON.init(parsing:))
        #expect(greeting.map { $0["type"] } == ["task_status", "task_progress"] && greeting[0]["active"] == true)
        feed.setListeners(1)
        // Of what it was greeted with, only changes are told.
        try bench.changeTasks("UPDATE pnbook_tasks SET status = 'success' WHERE id = 'host-1'")
        try await soon("its end is announced") { texts.withLock { !$0.isEmpty } }
        #expect(try Self.json(texts).map { $0["success"] } == [true])
        feed.setListeners(0)
        try await soon("the reader ends") { feed.isResting }
        let count = openings.withLock { $0 }
        feed.setListeners(1)
        try await soon("it reads on a connection of its own") { openings.withLock { $0 } == count + 1 }
        feed.stop()
        try await soon("the reader ends") { feed.isResting }
    }

    @Test("A database that is away does not end it", arguments: TestEngine.allCases)
    func outage(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 3)
        let texts = Locked<[String]>([])
        let isAway = Locked(true)
        let failures = Locked(0)
        let context = bench.context
        let feed = Self.feed(
            bench,
            opening: {
                if isAway.withLock({ $0 }) {
                    failures.withLock { $0 += 1 }
                    throw TookTooLong(what: "the database answers")
                }
                return try context.storedTasks()
            }, into: texts)
        defer { feed.stop() }
        feed.setListeners(3)
        try await soon("it tries again and again") { failures.withLock { $0 } > 3 }
        isAway.withLock { $0 = false }
        try await soon("it reads again") { bench.log.lines.contains("info: the tasks can be read again") }
        #expect(bench.log.lines.count == 2 && bench.log.lines[0].hasPrefix("warning: the tasks cannot be read"))
    }
}
