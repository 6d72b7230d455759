import Chronology
import Database
import ErrorModel
import TestSupport
import Testing

@testable import Tasks

/// What a run is told that finds another one at work, and what waiting leaves behind.
@Suite("Busy")
struct DatabaseBusyErrorTests {
    private static func record(_ owner: ProcessIdentity?) throws -> TaskRecord {
        let began = try #require(Instant(iso8601: "2026-11-20T03:00:00Z"))
        return TaskRecord(
            id: "0a1b", type: "partnumber_book_create", status: .running, progress: 40,
            message: "writing the book: 3 of 10 items", triggeredBy: "scheduled", createdAt: began, startedAt: began,
            owner: owner)
    }

    @Test("It says where, what, which process, since when and how far")
    func words() throws {
        let holder = try Self.record(ProcessIdentity(host: "night", pid: 7, bootID: "b", processStart: "1"))
        let busy = DatabaseBusyError(holder: holder, place: "sqlite:books.db")
        #expect(
            busy.description
                == "sqlite:books.db: partnumber_book_create is running by process 7 on night since "
                + "2026-11-20 03:00:00 UTC (task 0a1b, writing the book: 3 of 10 items)")
        #expect(busy.remedy == .waitForTask(id: "0a1b"))
    }

    @Test("Nothing is made up where it is not known which process it is")
    func unknown() throws {
        #expect(
            DatabaseBusyError(holder: try Self.record(nil), place: "here").description.hasPrefix(
                "here: partnumber_book_create is running since 2026-11-20 03:00:00 UTC (task 0a1b, "))
        let unknown = DatabaseBusyError(holder: nil, place: "here")
        #expect(unknown.description == "here: another run is just beginning")
        #expect(unknown.remedy == .waitForTask(id: nil))
    }

    @Test("A run that waits for others takes nothing and keeps nothing", arguments: TestEngine.allCases)
    func waiting(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        var start = TaskLauncher(
            .migrate, id: "b", triggeredBy: try #require(TaskTrigger("api:test")), owner: TaskBench.owner,
            place: "here", clocks: TaskClocks(run: { bench.now }, machine: { bench.now }))
        let (waiting, other) = (try bench.database.connect(), try bench.database.connect())
        #expect(try !start.waitForOthers(on: waiting))
        #expect(try other.tryLock(WorkKind.books.rawValue))
        #expect(throws: DatabaseBusyError.self) { try start.waitForOthers(on: waiting) }
        // The wait begins, and the other one ends.
        start.whenBusy = .wait(30)
        start.onWait = { _ in try? other.unlock(WorkKind.books.rawValue) }
        #expect(try start.waitForOthers(on: waiting))
        #expect(try other.tryLock(WorkKind.books.rawValue))
        #expect(try bench.store.list(limit: 10) == [])
    }

    @Test("A run that is asked to end while it waits stops waiting at once", arguments: TestEngine.allCases)
    func cancelled(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let other = try bench.database.connect()
        #expect(try other.tryLock(WorkKind.books.rawValue))
        let cancellation = CancellationToken()
        let error = #expect(throws: Cancelled.self) {
            try bench.start("b") { start in
                start.cancellation = cancellation
                start.whenBusy = .wait(30)
                start.onWait = { _ in cancellation.request(.signal(2)) }
            }
        }
        #expect(error?.reason == .signal(2))
        #expect(try bench.store.list(limit: 10) == [])
    }
}
