import Chronology
import Database
import Harness
import TestSupport
import Testing

@testable import Tasks

/// The fencing token: taken by each run, written by the one that publishes.
@Suite("The fence")
struct FencingTokenTests {
    private static func prepare(_ bench: TaskBench, _ engine: TestEngine) throws -> any Connection {
        let connection = try bench.database.connect()
        try connection.execute(SQL(raw: FencingToken.definition.statement(for: connection.engine)))
        return connection
    }

    private static func row(_ connection: any Connection) throws -> [String?] {
        try connection.first("SELECT token, task_id FROM pnbook_fences WHERE work = 'books'") {
            [$0.text(0), $0.text(1)]
        } ?? []
    }

    @Test("Each run raises the token, and fences off those before it", arguments: TestEngine.allCases)
    func raised(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let connection = try Self.prepare(bench, engine)
        let first = try bench.start("a")
        let old = try FencingToken(raising: .books, on: connection, for: first)
        #expect(try Self.row(connection) == ["1", "a"])
        try connection.transaction(.write) { try old.validate(on: connection) }
        try first.finish(TaskResult(status: .completed, message: "done"))
        let connected = try bench.database.connect()
        try eventually(30, "the lock is free") {
            defer { try? connected.unlock(WorkKind.books.rawValue) }
            return try connected.tryLock(WorkKind.books.rawValue)
        }
        let second = try bench.start("b", on: connected)
        let new = try FencingToken(raising: .books, on: connection, for: second)
        #expect(try Self.row(connection) == ["3", "b"])
        let error = #expect(throws: Cancelled.self) {
            try connection.transaction(.write) { try old.validate(on: connection) }
        }
        #expect(error?.reason == .revoked)
        #expect(try Self.row(connection) == ["3", "b"])
        try connection.transaction(.write) { try new.validate(on: connection) }
        #expect(try Self.row(connection) == ["4", "b"])
    }

    @Test("A run that another has closed meanwhile raises nothing", arguments: TestEngine.allCases)
    func closed(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let connection = try Self.prepare(bench, engine)
        let run = try bench.start("a")
        _ = try FencingToken(raising: .books, on: connection, for: run)
        #expect(try bench.store.finish("a", TaskResult(status: .failed, message: "lost"), at: bench.now))
        let error = #expect(throws: Cancelled.self) { try FencingToken(raising: .books, on: connection, for: run) }
        #expect(error?.reason == .revoked)
        #expect(try Self.row(connection) == ["1", "a"])
    }

    @Test(
        "A token that has been validated stays: none raises it before the transaction ends",
        arguments: TestEngine.allCases)
    func held(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let connection = try Self.prepare(bench, engine)
        let fence = try FencingToken(raising: .books, on: connection, for: try bench.start("a"))
        let other = try bench.database.connect()
        if engine == .mariadb { try other.execute("SET SESSION innodb_lock_wait_timeout = 1") }
        let raise: SQL = "UPDATE pnbook_fences SET token = token + 1"
        try connection.begin(.write)
        try fence.validate(on: connection)
        let error = #expect(throws: DatabaseError.self) { try other.execute(raise) }
        #expect(error?.kind == .lockTimeout)
        try connection.commit()
        try other.execute(raise)
        #expect(try Self.row(connection) == ["3", "a"])
    }

    @Test("A connection that waits for transactions in flight waits for all that have validated the token")
    func inFlight() throws {
        let bench = try TaskBench(.mariadb)
        let connection = try Self.prepare(bench, .mariadb)
        let fence = try FencingToken(raising: .books, on: connection, for: try bench.start("a"))
        let other = try bench.database.connect()
        try other.execute("SET SESSION innodb_lock_wait_timeout = 1")
        try connection.begin(.write)
        try fence.validate(on: connection)
        let error = #expect(throws: DatabaseError.self) {
            try FencingToken.settleInFlightTransactions(of: .books, on: other)
        }
        #expect(error?.kind == .lockTimeout)
        try connection.rollback()
        try FencingToken.settleInFlightTransactions(of: .books, on: other)
    }
}
