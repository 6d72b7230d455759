import Chronology
import Database
import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import Tasks

/// What observers are told of a task from its start to its end (<doc:TaskModel#Events>).
@Suite("What a task announces")
struct TaskEventTests {
    private final class Heard: Sendable {
        private let heard = Mutex([TaskUpdate]())
        func hear(_ update: TaskUpdate) { heard.withLock { $0.append(update) } }

        var events: [TaskEvent] {
            heard.withLock { $0 }.compactMap { if case .status(let event) = $0 { event } else { nil } }
        }

        var progress: [TaskProgress] {
            heard.withLock { $0 }.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }
        }
    }

    @Test(
        "A start and an end are one event each, with both times and whether it went well",
        arguments: TestEngine.allCases, TaskStatus.allCases.filter(\.isFinal))
    func events(engine: TestEngine, status: TaskStatus) throws {
        let bench = try TaskBench(engine)
        let observers = TaskObservers()
        let heard = Heard()
        observers.subscribe { heard.hear($0) }
        let began = bench.now
        let run = try bench.start("a") { $0.observers = observers }
        observers.drain(timeout: .seconds(10))
        var event = try #require(heard.events.first)
        #expect(heard.events.count == 1)
        #expect([event.task, event.taskID] == ["create", "a"])
        #expect(event.isActive)
        #expect(event.startedAt == began)
        #expect(event.finishedAt == nil && event.success == nil)
        bench.now = began.advanced(byMilliseconds: 1000)
        try run.finish(TaskResult(status: status, message: "ended"))
        observers.drain(timeout: .seconds(10))
        event.isActive = false
        event.finishedAt = bench.now
        event.success = status == .completed || status == .completedWithWarnings
        #expect(heard.events.last == event)
        #expect(heard.events.count == 2)
    }

    @Test("What is told of progress never falls, and never says 100", arguments: TestEngine.allCases)
    func progress(engine: TestEngine) throws {
        let bench = try TaskBench(engine)
        let observers = TaskObservers()
        let heard = Heard()
        observers.subscribe { heard.hear($0) }
        let run = try bench.start("a") { $0.observers = observers }
        for (phase, percent) in [("one", 60), ("two", 20), ("three", 100)] { try run.report(phase, percent: percent) }
        observers.drain(timeout: .seconds(10))
        #expect(heard.progress.map(\.percent) == [60, 60, 99])
        #expect(heard.progress.map(\.phase) == ["one", "two", "three"])
        try run.finish(TaskResult(status: .completed, message: "done"))
    }

    @Test("One that hangs misses progress, and no change of state")
    func hanging() throws {
        let bench = try TaskBench(.sqlite)
        let observers = TaskObservers()
        let heard = Heard()
        let gate = DispatchSemaphore(value: 0)
        observers.subscribe {
            gate.wait()
            gate.signal()
            heard.hear($0)
        }
        let run = try bench.start("a") { $0.observers = observers }
        for number in 1...TaskObservers.backlog + 10 {
            observers.publish(.progress(TaskProgress(percent: 1, phase: "\(number)", message: "")))
        }
        try run.finish(TaskResult(status: .completed, message: "done"))
        gate.signal()
        observers.drain(timeout: .seconds(10))
        #expect(heard.progress.count == TaskObservers.backlog - 1)
        #expect(heard.events.map(\.isActive) == [true, false])
    }
}
