import Chronology
import Database
import Synchronization
import TestSupport
import Testing

@testable import Tasks

/// A database with a task table, and a clock that stands still until it is told to go on.
private final class Bench: @unchecked Sendable {
    let database: TestDatabase
    let store: TaskStore
    private let hands = Mutex(Instant(milliseconds: 1_800_000_000_000))
    var now: Instant {
        get { hands.withLock { $0 } }
        set { hands.withLock { $0 = newValue } }
    }

    init(_ engine: TestEngine) throws {
        database = try TestDatabase(engine)
        store = TaskStore(try database.connect())
        try store.prepare()
        try store.prepare()
    }

    static let owner = ProcessIdentity(host: "here", pid: 7, bootID: "boot", processStart: "1")

    func start(_ id: String = "a") throws -> RunningTask {
        let who = try #require(TaskTrigger("api:test"))
        let connection = try database.connect()
        return try TaskLauncher(
            .create, id: id, triggeredBy: who, owner: Self.owner, place: "here",
            clocks: TaskClocks(run: { self.now }, machine: { self.now })
        )
        .begin(on: connection, lockingOn: connection, reopen: { try self.database.connect() })
    }
}

@Suite("The task's row")
struct TaskStoreTests {
    @Test("A task runs from its start and ends with its result", arguments: TestEngine.allCases)
    func life(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        #expect(
            try bench.store.find("a")
                == TaskRecord(
                    id: "a", type: "partnumber_book_create", status: .running, progress: 0, message: "started",
                    triggeredBy: "api:test", createdAt: bench.now, startedAt: bench.now, owner: Bench.owner,
                    heartbeatAt: bench.now))
        try run.report("reading", percent: 30, detail: "3 of 10 rows")
        #expect(try bench.store.find("a")?.progress == 30)
        #expect(try bench.store.find("a")?.message == "reading: 3 of 10 rows")
        bench.now = bench.now.advanced(byMilliseconds: 5000)
        try run.finish(TaskResult(status: .completed, message: "done", result: "{\"a\":1}"))
        let done = try #require(try bench.store.find("a"))
        #expect(done.status == .completed)
        #expect(done.progress == 100)
        #expect(done.result == "{\"a\":1}")
        #expect(done.completedAt == bench.now)
        #expect(done.errorMessage == nil)
    }

    @Test("Progress never falls, and 100 is said by the end alone", arguments: TestEngine.allCases)
    func progress(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        try run.report("one", percent: 60)
        try run.report("two", percent: 20)
        #expect(try bench.store.find("a")?.progress == 60)
        #expect(try bench.store.update("a", progress: 10, message: "late") == true)
        #expect(try bench.store.find("a")?.progress == 60)
        try run.report("three", percent: 100)
        #expect(try bench.store.find("a")?.progress == 99)
    }

    @Test("Within a phase the row is written about once a second", arguments: TestEngine.allCases)
    func throttle(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        try run.report("one", percent: 1, detail: "1")
        try run.report("one", percent: 2, detail: "2")
        #expect(try bench.store.find("a")?.message == "one: 1")
        bench.now = bench.now.advanced(byMilliseconds: 1000)
        try run.report("one", percent: 3, detail: "3")
        #expect(try bench.store.find("a")?.message == "one: 3")
        try run.report("two", percent: 4)
        #expect(try bench.store.find("a")?.message == "two")
    }

    @Test("A failed task says where it stopped and why, and keeps its progress", arguments: TestEngine.allCases)
    func failure(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        try run.report("reading", percent: 30, detail: "3 of 10 rows")
        #expect(run.fail("the disk is gone") == nil)
        let task = try #require(try bench.store.find("a"))
        #expect(task.status == .failed)
        #expect(task.progress == 30)
        #expect(task.message == "stopped while reading: 3 of 10 rows")
        #expect(task.errorMessage == "the disk is gone")
        #expect(task.completedAt == bench.now)
    }

    @Test("A final row never changes again", arguments: TestEngine.allCases)
    func immutable(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        try run.finish(TaskResult(status: .completed, message: "done"))
        let final = try bench.store.find("a")
        #expect(throws: Cancelled.self) { try run.report("late", percent: 50) }
        #expect(throws: TaskError.endedElsewhere("a")) { try run.finish(TaskResult(status: .failed, message: "x")) }
        #expect(run.fail("late") is TaskError)
        #expect(try bench.store.find("a") == final)
    }

    @Test("The database itself refuses an end without a time, and progress beyond 100", arguments: TestEngine.allCases)
    func constraints(engine: TestEngine) throws {
        let bench = try Bench(engine)
        _ = try bench.start()
        let connection = try bench.database.connect()
        for change in ["status = 'completed'", "completed_at = '2026-11-20 03:00:00.000'", "progress = 101"] {
            let error = #expect(throws: DatabaseError.self) {
                try connection.execute("UPDATE pnbook_tasks SET \(raw: change) WHERE id = 'a'")
            }
            #expect(error?.kind == .constraintViolation)
        }
    }

    @Test("The newest tasks come first, and an unknown id is not found", arguments: TestEngine.allCases)
    func list(engine: TestEngine) throws {
        let bench = try Bench(engine)
        for id in ["a", "b", "c"] {
            _ = try bench.start(id).finish(TaskResult(status: .completed, message: ""))
            bench.now = bench.now.advanced(byMilliseconds: 10)
        }
        #expect(try bench.store.list(limit: 2).map(\.id) == ["c", "b"])
        #expect(try bench.store.find("d") == nil)
    }

    @Test("However long an error is, its task ends with it, cut", arguments: TestEngine.allCases)
    func longError(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let error = try bench.start().fail(String(repeating: "😀", count: 100_000), exitCode: 65)
        #expect(error == nil)
        let task = try #require(try bench.store.find("a"))
        #expect(task.status == .failed)
        #expect(task.errorMessage?.count == 10_000)
        #expect(task.exitCode == 65)
    }

    @Test("A run that another one has closed finds out when it asks", arguments: TestEngine.allCases)
    func confirming(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        try run.confirm()
        _ = try bench.store.finish("a", TaskResult(status: .failed, message: "lost"), at: bench.now)
        #expect(throws: Cancelled.self) { try run.confirm() }
        #expect(throws: Cancelled.self) { try run.report("one", percent: 1) }
    }

    @Test(
        "A request to end is heeded where it is asked for, before any heartbeat has seen it",
        arguments: TestEngine.allCases)
    func heeding(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        try run.heedRequest()
        #expect(try bench.store.requestCancel("a", by: "ann"))
        #expect { try run.heedRequest() } throws: { ($0 as? Cancelled)?.reason == .request(by: "ann") }
    }

    @Test("A long message is cut to what the column holds", arguments: TestEngine.allCases)
    func long(engine: TestEngine) throws {
        let bench = try Bench(engine)
        let run = try bench.start()
        try run.report(String(repeating: "😀", count: 2000), percent: 1)
        #expect(try bench.store.find("a")?.message.count == 1000)
    }
}
