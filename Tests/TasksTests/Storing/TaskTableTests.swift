import Chronology
import Database
import TestSupport
import Testing

@testable import Tasks

/// What the table and its compare-and-set enforce by themselves, whatever writes to it (<doc:TaskModel#Fields>).
@Suite("The task table")
struct TaskTableTests {
    @Test(
        "Of each kind of work the table takes one running task; ended ones, other work and the host's are no hindrance",
        arguments: TestEngine.allCases)
    func oneRunning(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        try bench.insert("b", heartbeatAt: bench.now, work: .catalogue)
        for work in WorkKind.allCases {
            let error = #expect(throws: DatabaseError.self) {
                try bench.insert("c", heartbeatAt: bench.now, work: work)
            }
            #expect(error?.kind == .uniqueViolation)
        }
        let connection = try bench.database.connect()
        for id in ["host-1", "host-2"] {
            try connection.execute(
                """
                INSERT INTO pnbook_tasks (id, type, status, message, triggered_by, created_at)
                VALUES (\(id), 'price_import', 'running', '', 'api:host', '2026-11-20 03:00:00.000')
                """)
        }
        #expect(try bench.store.finish("a", TaskResult(status: .failed, message: ""), at: bench.now))
        try bench.insert("c", heartbeatAt: bench.now)
        #expect(try bench.store.running(.books).map(\.id) == ["c"])
        #expect(try bench.store.running(.catalogue).map(\.id) == ["b"])
    }

    @Test("The database itself refuses progress below 0", arguments: TestEngine.allCases)
    func negative(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: nil)
        let connection = try bench.database.connect()
        let error = #expect(throws: DatabaseError.self) {
            try connection.execute("UPDATE pnbook_tasks SET progress = -1 WHERE id = 'a'")
        }
        #expect(error?.kind == .constraintViolation)
        try connection.execute("UPDATE pnbook_tasks SET progress = 100 WHERE id = 'a'")
        #expect(try bench.store.find("a")?.progress == 100)
    }

    @Test("A row that has ended is changed by nothing that is done to a running one", arguments: TestEngine.allCases)
    func final(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        let ending = TaskResult(status: .cancelled, message: "ended", errorMessage: "by ann", exitCode: 143)
        #expect(try bench.store.finish("a", ending, at: bench.now))
        let final = try bench.store.find("a")
        bench.now = bench.now.advanced(byMilliseconds: 1000)
        #expect(try bench.store.update("a", progress: 50, message: "late") == false)
        #expect(try bench.store.heartbeat("a", at: bench.now) == .ended)
        #expect(try bench.store.poll("a") == .ended)
        #expect(try bench.store.requestCancel("a", by: "manual:bob") == false)
        #expect(try bench.store.finish("a", TaskResult(status: .completed, message: "late"), at: bench.now) == false)
        #expect(try bench.store.find("a") == final)
    }
}
