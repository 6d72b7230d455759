import Chronology
import Database
import Harness
import Synchronization
import TestSupport
import Testing

@testable import Tasks

/// What a run's heart does while the run itself says nothing.
@Suite("The heartbeat")
struct HeartbeatTests {
    private final class Stop: Interrupter {
        private let calls = Mutex(0)
        var count: Int { calls.withLock { $0 } }
        func interrupt() { calls.withLock { $0 += 1 } }
    }

    @Test("The row says that the owner lives, by the machine's clock", arguments: TestEngine.allCases)
    func written(engine: TestEngine) async throws {
        let bench = try TaskBench(engine)
        let run = try bench.start("a")
        let later = bench.now.advanced(byMilliseconds: 3000)
        bench.now = later
        try await aside {
            try eventually(30, "the heart has beaten") { try bench.store.find("a")?.heartbeats ?? 0 > 0 }
        }
        #expect(try bench.store.find("a")?.heartbeatAt == later)
        try run.finish(TaskResult(status: .completed, message: "done"))
    }

    @Test("A request to end reaches a run that says nothing, and stops its statement", arguments: TestEngine.allCases)
    func request(engine: TestEngine) async throws {
        let bench = try TaskBench(engine)
        let cancellation = CancellationToken()
        let stop = Stop()
        cancellation.add(stop)
        let run = try bench.start("a") { $0.cancellation = cancellation }
        #expect(try bench.store.requestCancel("a", by: "manual:ann"))
        try await aside { try eventually(30, "the statement is stopped") { stop.count > 0 } }
        #expect(cancellation.reason == .request(by: "manual:ann"))
        #expect(throws: Cancelled.self) { try run.report("reading", percent: 1) }
        #expect(run.fail("cancelled", status: .cancelled) == nil)
    }

    @Test("A run whose task another has ended learns of it while it says nothing", arguments: TestEngine.allCases)
    func ended(engine: TestEngine) async throws {
        let bench = try TaskBench(engine)
        let cancellation = CancellationToken()
        let stop = Stop()
        cancellation.add(stop)
        let run = try bench.start("a") { $0.cancellation = cancellation }
        #expect(try bench.store.finish("a", TaskResult(status: .failed, message: "lost"), at: bench.now))
        try await aside { try eventually(30, "the statement is stopped") { stop.count > 0 } }
        #expect(cancellation.reason == .revoked)
        #expect(throws: TaskError.endedElsewhere("a")) {
            try run.finish(TaskResult(status: .completed, message: "done"))
        }
    }
}
