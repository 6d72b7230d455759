import Chronology
import Database
import ErrorModel
import Foundation
import Harness
import TestSupport
import Testing

@testable import Tasks

/// Which runs may be presumed dead: where a lock proves that no other run is there, and on a cluster, where it does not.
@Suite("Lost tasks")
struct LostTaskTests {
    /// A connection as to a node of a cluster: its locks are its own.
    private static func node(_ bench: TaskBench) throws -> ForwardingConnection {
        let connection = ForwardingConnection(try bench.database.connect())
        connection.locksAreClusterWideOverride = false
        return connection
    }

    private static let reason = "process 7 on here was lost while reading"

    @Test(
        "Where the lock proves it, a task that is stored as running is lost at once, whatever its heart says",
        arguments: TestEngine.allCases)
    func decisive(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        let run = try bench.start("b") { start in
            start.isAlive = { _ in true }
            start.describeLeftovers = { "what \($0.id) left" }
        }
        let lost = try #require(try bench.store.find("a"))
        #expect(lost.status == .failed)
        #expect(lost.message == "lost while reading")
        #expect(lost.errorMessage == Self.reason + "; what a left")
        #expect(lost.completedAt == bench.now)
        #expect(lost.exitCode == nil)
        try run.finish(TaskResult(status: .completed, message: "done"))
    }

    @Test("On a cluster a dead process of this machine is lost at once", arguments: TestEngine.allCases)
    func dead(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        let run = try bench.start("b", on: Self.node(bench)) { $0.isAlive = { _ in false } }
        #expect(try bench.store.find("a")?.errorMessage == Self.reason)
        try run.finish(TaskResult(status: .completed, message: "done"))
    }

    /// What is known of the process, and for how many milliseconds its heart has been still.
    private static let living: [(Bool?, Int64)] = [(true, 0), (true, 3_600_000), (nil, 0), (nil, 60_000)]

    @Test(
        "On a cluster a live process, and one elsewhere within its lease, hold the work, and the lock is given back",
        arguments: TestEngine.allCases, living)
    func alive(engine: TestEngine, owner: (isAlive: Bool?, stillFor: Int64)) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now.advanced(byMilliseconds: -owner.stillFor))
        let node = try Self.node(bench)
        let isAlive = owner.isAlive
        let busy = #expect(throws: DatabaseBusyError.self) {
            try bench.start("b", on: node) { $0.isAlive = { _ in isAlive } }
        }
        #expect(busy?.holder?.id == "a")
        #expect(try bench.store.find("a")?.status == .running)
        #expect(try bench.store.find("b") == nil)
        let other = try bench.database.connect()
        #expect(try other.tryLock(WorkKind.books.rawValue))
    }

    @Test("On a cluster a task that has never had a heart is lost", arguments: TestEngine.allCases)
    func heartless(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: nil)
        let run = try bench.start("b", on: Self.node(bench))
        #expect(try bench.store.find("a")?.status == .failed)
        try run.finish(TaskResult(status: .completed, message: "done"))
    }

    @Test(
        "Beyond its lease a heart is listened to: one that beats by a slow clock is alive, one that does not is lost",
        arguments: [true, false])
    func slowClock(beats: Bool) async throws {
        let bench = try TaskBench(.mariadb)
        try bench.insert("a", heartbeatAt: bench.now.advanced(byMilliseconds: -60_001))
        let slow = bench.now.advanced(byMilliseconds: -60_001)
        nonisolated(unsafe) let heart = TaskStore(try bench.database.connect())
        let beating = beats ? LoopThread(pausing: 100_000) { _ = try? heart.heartbeat("a", at: slow) } : nil
        defer { _ = try? beating?.stop() }
        let isBusy = try await aside {
            do {
                let run = try bench.start("b", on: Self.node(bench))
                try run.finish(TaskResult(status: .completed, message: "done"))
                return false
            } catch is DatabaseBusyError {
                return true
            }
        }
        #expect(isBusy == beats)
        #expect(try bench.store.find("a")?.status == (beats ? .running : .failed))
    }

    @Test("A clock that is ahead shuts nobody out: a heart of the future is listened to", arguments: [true, false])
    func fastClock(beats: Bool) async throws {
        let bench = try TaskBench(.mariadb)
        let fast = bench.now.advanced(byMilliseconds: 600_000)
        try bench.insert("a", heartbeatAt: fast)
        nonisolated(unsafe) let heart = TaskStore(try bench.database.connect())
        let beating = beats ? LoopThread(pausing: 100_000) { _ = try? heart.heartbeat("a", at: fast) } : nil
        defer { _ = try? beating?.stop() }
        let pulse = try await aside {
            do {
                let run = try bench.start("b", on: Self.node(bench)) { $0.lease = .seconds(1) }
                try run.finish(TaskResult(status: .completed, message: "done"))
                return DatabaseBusyError.Pulse?.none
            } catch let busy as DatabaseBusyError {
                // Of a clock that is wrong nothing is repeated.
                #expect(busy.holder?.id == "a" && busy.pulse == nil)
                return busy.pulse
            }
        }
        #expect(pulse == nil)
        #expect(try bench.store.find("a")?.status == (beats ? .running : .failed))
    }

    @Test("Who waits judges by its own clock, from the first look on: a heart that never beats is lost after a lease")
    func watching() async throws {
        let bench = try TaskBench(.mariadb)
        // By its time it has just beaten, and goes on having done so: the bench's clock does not move.
        try bench.insert("a", heartbeatAt: bench.now)
        try await aside {
            let run = try bench.start("b", on: Self.node(bench)) {
                $0.lease = .seconds(1)
                $0.whenBusy = .wait(60)
            }
            try run.finish(TaskResult(status: .completed, message: "done"))
        }
        #expect(try bench.store.find("a")?.status == .failed)
    }

    @Test("Who is turned away is told the last sign of life, and when the other is presumed dead")
    func pulse() throws {
        let bench = try TaskBench(.mariadb)
        try bench.insert("a", heartbeatAt: bench.now.advanced(byMilliseconds: -45_000))
        let busy = #expect(throws: DatabaseBusyError.self) { try bench.start("b", on: Self.node(bench)) }
        #expect(busy?.pulse?.silence == 45_000)
        #expect(busy?.pulse?.presumedDeadAt == bench.now.advanced(byMilliseconds: 27_500))
        #expect(
            busy?.description.contains("its last sign of life: 45 s ago; without another it is presumed dead at ")
                == true)
    }

    @Test("On a cluster the row decides between two that begin at once", arguments: TestEngine.allCases)
    func atOnce(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let node = try Self.node(bench)
        node.before = { call in
            guard call.change?.hasPrefix("INSERT INTO pnbook_tasks") == true else { return }
            try bench.insert("a", heartbeatAt: bench.now)
        }
        let busy = #expect(throws: DatabaseBusyError.self) { try bench.start("b", on: node) }
        #expect(busy?.holder?.id == "a")
        #expect(try bench.store.running(.books).map(\.id) == ["a"])
    }
}
