import Chronology
import Database
import Foundation
import Harness
import TestSupport
import Testing

@testable import Tasks

/// A task whose own connection breaks: it gets another one, and its lock with it, or stops where the lock is another's.
@Suite("The tasks' own connection")
struct TaskConnectionTests {
    /// A task on a connection that the test can break.
    private static func start(_ bench: TaskBench) throws -> (RunningTask, ForwardingConnection) {
        let connection = ForwardingConnection(try bench.database.connect())
        return (try bench.start("a", on: connection), connection)
    }

    private static func breakNow(_ connection: ForwardingConnection) {
        connection.before = { if $0.change != nil { throw TaskBench.error(.connectionLost) } }
    }

    @Test(
        "One that breaks is replaced, what was under way is done, and the lock is ours again",
        arguments: TestEngine.allCases)
    func replaced(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let (run, connection) = try Self.start(bench)
        Self.breakNow(connection)
        try run.report("reading", percent: 30)
        #expect(try bench.store.find("a")?.progress == 30)
        #expect(bench.reopenings == 1)
        let other = try bench.database.connect()
        #expect(try !other.tryLock(WorkKind.books.rawValue))
        try run.finish(TaskResult(status: .completed, message: "done"))
        try eventually(30, "the lock is free") { try other.tryLock(WorkKind.books.rawValue) }
    }

    @Test("Where another holds the lock by then, the run is no longer ours", arguments: TestEngine.allCases)
    func takenOver(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let (run, connection) = try Self.start(bench)
        let other = try bench.database.connect()
        try connection.unlock(WorkKind.books.rawValue)
        #expect(try other.tryLock(WorkKind.books.rawValue))
        Self.breakNow(connection)
        let error = #expect(throws: Cancelled.self) { try run.report("reading", percent: 30) }
        #expect(error?.reason == .revoked)
        #expect(try bench.store.find("a")?.progress == 0)
        #expect(try other.tryLock(WorkKind.books.rawValue))
    }

    @Test("Once our task is closed, a session that has our old number is left alone")
    func sameNumber() throws {
        let bench = try TaskBench(.mariadb)
        let (run, connection) = try Self.start(bench)
        let other = try bench.database.connect()
        try connection.unlock(WorkKind.books.rawValue)
        #expect(try other.tryLock(WorkKind.books.rawValue))
        #expect(try bench.store.finish("a", TaskResult(status: .failed, message: "lost"), at: bench.now))
        connection.connectionIDOverride = other.connectionID
        Self.breakNow(connection)
        #expect(throws: Cancelled.self) { try run.report("reading", percent: 30) }
        #expect(try other.count("SELECT 1") == 1)
    }

    @Test("A session that has our old number and does not hold the lock is left alone")
    func bystander() throws {
        let bench = try TaskBench(.mariadb)
        let (run, connection) = try Self.start(bench)
        let (other, bystander) = (try bench.database.connect(), try bench.database.connect())
        try connection.unlock(WorkKind.books.rawValue)
        #expect(try other.tryLock(WorkKind.books.rawValue))
        connection.connectionIDOverride = bystander.connectionID
        Self.breakNow(connection)
        let error = #expect(throws: Cancelled.self) { try run.report("reading", percent: 30) }
        #expect(error?.reason == .revoked)
        #expect(try bystander.count("SELECT 1") == 1)
    }

    @Test("A server that is away holds no work up: the next report writes the row", arguments: TestEngine.allCases)
    func away(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let (run, connection) = try Self.start(bench)
        bench.fail(connecting: .unreachable)
        Self.breakNow(connection)
        try run.report("reading", percent: 30)
        #expect(try bench.store.find("a")?.progress == 0)
        bench.fail(connecting: nil)
        try run.report("writing", percent: 40)
        #expect(try bench.store.find("a")?.progress == 40)
        try run.finish(TaskResult(status: .completed, message: "done"))
    }

    @Test(
        "The end waits for a server that is away, and for a row that somebody holds", arguments: TestEngine.allCases,
        [DatabaseError.Kind.unreachable, .connectionLost, .lockTimeout])
    func end(engine: TestEngine, kind: DatabaseError.Kind) async throws {
        let bench = try TaskBench(engine)
        try await aside {
            let (run, connection) = try Self.start(bench)
            bench.fail(connecting: kind)
            Self.breakNow(connection)
            Thread.detachNewThread {
                // As the first attempts fail: nobody can be asked, and then somebody can.
                try? eventually(30, "two attempts have failed") { bench.reopenings >= 2 }
                bench.fail(connecting: nil)
            }
            try run.finish(TaskResult(status: .completed, message: "done"))
        }
        let task = try #require(try bench.store.find("a"))
        #expect(task.status == .completed)
        #expect(task.completedAt == bench.now)
    }

    @Test("An end whose answer was lost has come true, and is no failure", arguments: TestEngine.allCases)
    func answerLost(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let (run, connection) = try Self.start(bench)
        connection.after = { if case .execute = $0 { throw TaskBench.error(.connectionLost) } }
        try run.finish(TaskResult(status: .completed, message: "done"))
        #expect(try bench.store.find("a")?.status == .completed)
        #expect(bench.reopenings == 1)
    }

    @Test("So it is where the next run has begun before we look", arguments: TestEngine.allCases, [true, false])
    func answerLostLate(engine: TestEngine, isOurs: Bool) throws {
        let bench = try TaskBench(engine)
        let (run, connection) = try Self.start(bench)
        let other = try bench.database.connect()
        connection.after = {
            guard case .execute = $0 else { return }
            // Its session has ended for the server, and the lock has gone to somebody else.
            try connection.unlock(WorkKind.books.rawValue)
            #expect(try other.tryLock(WorkKind.books.rawValue))
            throw TaskBench.error(.connectionLost)
        }
        if isOurs {
            try run.finish(TaskResult(status: .completed, message: "done"))
            #expect(try bench.store.find("a")?.status == .completed)
        } else {
            // What we write comes too late.
            #expect(try bench.store.finish("a", TaskResult(status: .failed, message: "lost"), at: bench.now))
            #expect(throws: TaskError.endedElsewhere("a")) {
                try run.finish(TaskResult(status: .completed, message: "done"))
            }
            #expect(try bench.store.find("a")?.status == .failed)
        }
        // The next run's lock is its own.
        let third = try bench.database.connect()
        #expect(try !third.tryLock(WorkKind.books.rawValue))
    }

    @Test("Once a task has ended, the next one need not wait for the server to notice", arguments: TestEngine.allCases)
    func givenBack(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let other = try bench.database.connect()
        for number in 1...50 {
            let run = try bench.start("task-\(number)")
            try run.finish(TaskResult(status: .completed, message: "done"))
            #expect(try other.tryLock(WorkKind.books.rawValue), "after \(number)")
            try other.unlock(WorkKind.books.rawValue)
        }
    }

    @Test("After the end the connection stays shut, and the lock another's", arguments: TestEngine.allCases)
    func shut(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let (run, _) = try Self.start(bench)
        try run.finish(TaskResult(status: .completed, message: "done"))
        #expect(throws: Cancelled.self) { try run.report("late", percent: 50) }
        #expect(throws: Cancelled.self) { try run.confirm() }
        #expect(bench.reopenings == 0)
    }
}
