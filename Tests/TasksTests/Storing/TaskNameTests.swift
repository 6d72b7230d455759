import Chronology
import Database
import ErrorModel
import TestSupport
import Testing

@testable import Tasks

/// Tasks as people name them: by a beginning of the id, or as the one that is running.
@Suite("A task's name")
struct TaskNameTests {
    private static let ids = [
        "54dc0000-0000-4000-8000-000000000001", "54dcffff-0000-4000-8000-000000000002",
        "aaaa0000-0000-4000-8000-000000000003", "host", "host-2",
    ]

    private static func bench(_ engine: TestEngine) throws -> TaskBench {
        let bench = try TaskBench(engine)
        for id in ids {
            try bench.insert(id, heartbeatAt: nil)
            #expect(try bench.store.finish(id, TaskResult(status: .completed, message: "done"), at: bench.now))
        }
        return bench
    }

    @Test(
        "The whole id, or a beginning that no other id has, in either case of letters", arguments: TestEngine.allCases)
    func unique(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let store = bench.store
        defer { withExtendedLifetime(bench) {} }
        for (name, id) in [
            (Self.ids[0], Self.ids[0]), ("54dc0", Self.ids[0]), ("54DCF", Self.ids[1]), ("aaaa", Self.ids[2]),
            // An id may be the beginning of another one.
            ("host", "host"), ("host-", "host-2"),
        ] {
            #expect(try store.task(named: name).id == id)
        }
    }

    @Test("Of several nothing is chosen: the error lists them", arguments: TestEngine.allCases)
    func ambiguous(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let error = try #require(throws: TaskError.self) { try bench.store.task(named: "54dc") }
        #expect(Self.ids[..<2].allSatisfy(error.description.contains))
        #expect(!error.description.contains("aaaa"))
    }

    @Test(
        "Three characters are too few, unless they are a whole id; nothing is nobody's", arguments: TestEngine.allCases)
    func short(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        #expect(throws: TaskError.tooShort("aaa")) { try bench.store.task(named: "aaa") }
        #expect(throws: TaskError.notFound("bbb")) { try bench.store.task(named: "bbb") }
        #expect(throws: TaskError.notFound("")) { try bench.store.task(named: "") }
        #expect(throws: TaskError.notFound("____")) { try bench.store.task(named: "____") }
        #expect(throws: TaskError.notFound("%")) { try bench.store.task(named: "%") }
        try bench.insert("x1", heartbeatAt: nil)
        #expect(try bench.store.task(named: "x1").id == "x1")
    }

    @Test("Short names are unique among all, and name their tasks", arguments: TestEngine.allCases)
    func shortNames(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let store = bench.store
        defer { withExtendedLifetime(bench) {} }
        let names = try store.shortNames(least: 4)
        #expect(
            names == [
                Self.ids[0]: "54dc0", Self.ids[1]: "54dcf", Self.ids[2]: "aaaa", "host": "host", "host-2": "host-",
            ])
        for (id, name) in names { #expect(try store.task(named: name).id == id) }
        #expect(Set(try store.shortNames(least: 8).values).count == Self.ids.count)
    }

    @Test(
        "Without a name it is the one that runs; of none and of several the error says which",
        arguments: TestEngine.allCases)
    func running(engine: TestEngine) throws {
        let empty = try TaskBench(engine)
        #expect(throws: TaskError.noneRunning(last: nil)) { try empty.store.runningTask() }
        let bench = try Self.bench(engine)
        let none = try #require(throws: TaskError.self) { try bench.store.runningTask() }
        #expect(none.description.contains("no task is running; the last one was host-2"))
        try bench.insert("one", heartbeatAt: nil)
        #expect(try bench.store.runningTask().id == "one")
        try bench.insert("two", heartbeatAt: nil, work: .catalogue)
        let both = try #require(throws: TaskError.self) { try bench.store.runningTask() }
        #expect(both.description.contains("one (") && both.description.contains("two ("))
    }

    @Test(
        "A task of the host's that runs hides none of ours, and is found where none of ours runs",
        arguments: TestEngine.allCases)
    func hosts(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let connection = try bench.database.connect()
        defer { connection.close() }
        try connection.execute(
            """
            INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at)
            VALUES ('import', 'price_import', 'processing', 5, '', 'api:host', '2035-01-01 00:00:00.000'),
                ('later', 'price_import', 'queued', 0, '', 'api:host', '2035-01-01 00:00:00.000')
            """)
        #expect(try bench.store.runningTask().id == "import")
        try bench.insert("ours", heartbeatAt: nil)
        #expect(try bench.store.runningTask().id == "ours")
    }

    @Test("A stored message says what is counted, if it counts")
    func counts() {
        for (text, count) in [
            ("5 of 10 rows", TaskCount(5, of: 10, "rows")),
            ("1370778 of 1370778 big items", TaskCount(1_370_778, of: 1_370_778, "big items")),
            ("0 rows", TaskCount(0, "rows")), ("5 of rows", TaskCount(5, "of rows")),
        ] {
            #expect(TaskCount(text: Substring(text)) == count)
        }
        for text in ["", "rows", "-1 rows", "5", "x of 10 rows", "5 of x rows"] {
            #expect(TaskCount(text: Substring(text)) == nil || text == "5 of x rows", "\(text)")
        }
    }
}
