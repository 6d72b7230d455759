import Chronology
import Database
import Harness
import Synchronization
import TestSupport
import Testing

@testable import Tasks

/// A task followed from another process, by a clock that goes on only while the watcher sleeps.
@Suite("Watching a task")
struct TaskWatcherTests {
    /// The updates, in short.
    private final class Heard: Sendable {
        private let lines = Mutex([String]())
        var all: [String] { lines.withLock { $0 } }

        func hear(_ update: TaskUpdate) {
            let line =
                switch update {
                case .status(let event): event.isActive ? "begun" : "ended \(event.success == true)"
                case .progress(let progress): "\(progress.percent) \(progress.phase)|\(progress.message)"
                }
            lines.withLock { $0.append(line) }
        }
    }

    /// The watcher's clock, and what happens while it sleeps.
    private final class Story: @unchecked Sendable {
        private(set) var now = ContinuousClock.now
        private(set) var sleeps = 0
        var step = Duration.milliseconds(500)
        var whileAsleep: (_ number: Int) throws -> Void = { _ in }

        var timing: RetryTiming {
            RetryTiming(
                now: { self.now },
                sleep: { pause in
                    self.sleeps += 1
                    self.now += max(pause, self.step)
                    try self.whileAsleep(self.sleeps)
                },
                random: { $0.lowerBound })
        }
    }

    private static func watcher(_ bench: TaskBench, _ story: Story, _ heard: Heard) -> TaskWatcher {
        var watcher = TaskWatcher(id: "a") { TaskStore(try bench.database.connect()) }
        watcher.timing = story.timing
        watcher.observers.subscribe { heard.hear($0) }
        return watcher
    }

    @Test("Observers are told that it is under way, of each change, and of its end", arguments: TestEngine.allCases)
    func followed(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        let (story, heard) = (Story(), Heard())
        story.whileAsleep = { number in
            switch number {
            case 1: _ = try bench.store.update("a", progress: 30, message: "writing the book: 3 of 10 items")
            case 2: break
            case 3: _ = try bench.store.update("a", progress: 40, message: "committing")
            default: _ = try bench.store.finish("a", TaskResult(status: .completed, message: "done"), at: bench.now)
            }
        }
        var watcher = Self.watcher(bench, story, heard)
        watcher.isAlive = { _ in true }
        let task = try watcher.follow()
        #expect(task.status == .completed)
        #expect(task.message == "done")
        watcher.observers.drain(timeout: .seconds(10))
        #expect(
            heard.all == [
                "begun", "0 reading|reading", "30 writing the book|writing the book: 3 of 10 items",
                "40 committing|committing", "ended true",
            ])
        #expect(story.sleeps == 4)
    }

    @Test("One that has ended is told of once, and not waited for", arguments: TestEngine.allCases)
    func ended(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        _ = try bench.store.finish("a", TaskResult(status: .failed, message: "stopped"), at: bench.now)
        let (story, heard) = (Story(), Heard())
        var watcher = Self.watcher(bench, story, heard)
        #expect(try watcher.follow().status == .failed)
        watcher.observers.drain(timeout: .seconds(10))
        #expect(heard.all == ["ended false"])
        #expect(story.sleeps == 0)
    }

    @Test("One that does not exist is not waited for", arguments: TestEngine.allCases)
    func unknown(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        var watcher = Self.watcher(bench, Story(), Heard())
        #expect(throws: TaskError.notFound("a")) { try watcher.follow() }
        var storeless = TaskWatcher(id: "a") { nil }
        #expect(throws: TaskError.notFound("a")) { try storeless.follow() }
    }

    @Test("One whose process is gone is lost at once", arguments: TestEngine.allCases)
    func dead(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        let story = Story()
        var watcher = Self.watcher(bench, story, Heard())
        watcher.isAlive = { _ in false }
        let error = #expect(throws: LostTask.self) { try watcher.follow() }
        #expect(error?.task.id == "a")
        #expect(story.sleeps == 0)
    }

    @Test(
        "One elsewhere is lost once it has not beaten for a lease by the watcher's clock, and not before",
        arguments: TestEngine.allCases)
    func still(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        try bench.insert("a", heartbeatAt: bench.now)
        let story = Story()
        story.step = .seconds(10)
        // It beats for the last time 30 seconds after the watcher first sees it.
        story.whileAsleep = { if $0 == 3 { _ = try bench.store.heartbeat("a", at: bench.now) } }
        var watcher = Self.watcher(bench, story, Heard())
        watcher.isAlive = { _ in nil }
        #expect(throws: LostTask.self) { try watcher.follow() }
        #expect(story.sleeps == 3 + 7)
    }

    @Test(
        "A database that goes away is looked for for a minute, and its absence told of once", arguments: [true, false])
    func outage(comesBack: Bool) throws {
        let bench = try TaskBench(.sqlite)
        try bench.insert("a", heartbeatAt: bench.now)
        let story = Story()
        let isAway = Mutex(false)
        let outages = Mutex(0)
        story.whileAsleep = { number in
            isAway.withLock { $0 = number < 20 || !comesBack }
            if number == 30 {
                _ = try bench.store.finish("a", TaskResult(status: .completed, message: ""), at: bench.now)
            }
        }
        let connection = ForwardingConnection(try bench.database.connect())
        connection.before = { call in
            if case .forEachRow = call, isAway.withLock({ $0 }) { throw TaskBench.error(.connectionLost) }
        }
        var watcher = TaskWatcher(id: "a") {
            if isAway.withLock({ $0 }) { throw TaskBench.error(.unreachable) }
            return TaskStore(connection)
        }
        watcher.timing = story.timing
        watcher.isAlive = { _ in true }
        watcher.onOutage = { _ in outages.withLock { $0 += 1 } }
        if comesBack {
            #expect(try watcher.follow().status == .completed)
        } else {
            let error = #expect(throws: DatabaseError.self) { try watcher.follow() }
            #expect(error?.kind == .unreachable)
            // One before the database went away, and those of a minute.
            #expect(story.sleeps == 1 + 120)
        }
        #expect(outages.withLock { $0 } == 1)
    }

    @Test("A database that cannot be reached at first is an error at once")
    func unreachable() {
        let story = Story()
        var watcher = TaskWatcher(id: "a") { throw TaskBench.error(.unreachable) }
        watcher.timing = story.timing
        #expect(throws: DatabaseError.self) { try watcher.follow() }
        #expect(story.sleeps == 0)
    }
}
