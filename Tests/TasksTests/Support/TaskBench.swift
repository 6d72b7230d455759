import Chronology
import Database
import ErrorModel
import Harness
import Synchronization
import TestSupport
import Testing

@testable import Tasks

/// A database with a task table, a clock that stands still until it is told to go on, and tasks on connections that a
/// test may break.
final class TaskBench: @unchecked Sendable {
    let database: TestDatabase
    let store: TaskStore
    private let hands = Mutex(Instant(milliseconds: 1_800_000_000_000))
    private let reopened = Mutex(0)
    /// What keeps a task from getting another connection; nil for nothing.
    private let outage = Mutex<DatabaseError.Kind?>(nil)

    var now: Instant {
        get { hands.withLock { $0 } }
        set { hands.withLock { $0 = newValue } }
    }

    /// How often a task has asked for another connection.
    var reopenings: Int { reopened.withLock { $0 } }

    init(_ engine: TestEngine) throws {
        database = try TestDatabase(engine)
        store = TaskStore(try database.connect())
        try store.prepare()
    }

    static let owner = ProcessIdentity(host: "here", pid: 7, bootID: "boot", processStart: "1")

    /// Begins a task as a run does.
    ///
    /// - Parameter connection: the tasks' own, which holds the lock; nil for a new one.
    func start(
        _ id: String, on connection: (any Connection)? = nil, _ configure: (inout TaskLauncher) -> Void = { _ in }
    ) throws -> RunningTask {
        var start = TaskLauncher(
            .create, id: id, triggeredBy: try #require(TaskTrigger("api:test")), owner: Self.owner, place: "here",
            clocks: TaskClocks(run: { self.now }, machine: { self.now }))
        configure(&start)
        let connection = try connection ?? database.connect()
        return try start.begin(on: connection, lockingOn: connection, reopen: reopen)
    }

    /// From now on a new connection cannot be had, as this kind of error says; nil ends that.
    func fail(connecting kind: DatabaseError.Kind?) {
        outage.withLock { $0 = kind }
    }

    private func reopen() throws -> any Connection {
        reopened.withLock { $0 += 1 }
        if let kind = outage.withLock({ $0 }) { throw Self.error(kind) }
        return try database.connect()
    }

    static func error(_ kind: DatabaseError.Kind) -> DatabaseError {
        DatabaseError(kind: kind, engine: .mariadb, code: -1, message: "made by the test", place: "here")
    }

    /// A task's row as another process would have stored it, running.
    func insert(_ id: String, heartbeatAt: Instant?, work: WorkKind = .books) throws {
        try store.insert(
            TaskRecord(
                id: id, type: TaskType.create.rawValue, status: .running, progress: 0, message: "reading",
                triggeredBy: "scheduled", createdAt: now, startedAt: now, owner: Self.owner, heartbeatAt: heartbeatAt),
            work)
    }
}

/// Runs `body` on a thread of its own: while it waits, other tests go on.
func aside<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await OtherThread(body).value
}
