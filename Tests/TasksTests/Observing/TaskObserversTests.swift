import Chronology
import Dispatch
import Synchronization
import Testing

@testable import Tasks

@Suite("Observers")
struct TaskObserversTests {
    private struct Refusal: Error {}

    private final class Heard: Sendable {
        private let texts = Mutex([String]())
        var all: [String] { texts.withLock { $0 } }
        func hear(_ update: TaskUpdate) {
            if case .progress(let progress) = update { texts.withLock { $0.append(progress.phase) } }
        }
    }

    private func progress(_ phase: String) -> TaskUpdate {
        .progress(TaskProgress(percent: 1, phase: phase, message: phase))
    }

    @Test("Each is told of everything, in order, until it unsubscribes; twice is allowed")
    func told() {
        let observers = TaskObservers()
        let (first, second) = (Heard(), Heard())
        let subscription = observers.subscribe { first.hear($0) }
        observers.subscribe { second.hear($0) }
        observers.publish(progress("a"))
        observers.drain(timeout: .seconds(10))
        subscription.cancel()
        subscription.cancel()
        observers.publish(progress("b"))
        observers.drain(timeout: .seconds(10))
        #expect(first.all == ["a"])
        #expect(second.all == ["a", "b"])
    }

    @Test("One that throws is removed and does not disturb the others")
    func throwing() {
        let observers = TaskObservers()
        let (before, after) = (Heard(), Heard())
        observers.subscribe {
            before.hear($0)
            throw Refusal()
        }
        observers.subscribe { after.hear($0) }
        observers.publish(progress("a"))
        observers.publish(progress("b"))
        observers.drain(timeout: .seconds(10))
        #expect(before.all == ["a"])
        #expect(after.all == ["a", "b"])
    }

    @Test("One may unsubscribe while it is being told")
    func unsubscribingInside() {
        let observers = TaskObservers()
        let heard = Heard()
        let own = Mutex<TaskObservers.Subscription?>(nil)
        let subscription = observers.subscribe { update in
            heard.hear(update)
            own.withLock { $0 }?.cancel()
        }
        own.withLock { $0 = subscription }
        observers.publish(progress("a"))
        observers.publish(progress("b"))
        observers.drain(timeout: .seconds(10))
        #expect(heard.all == ["a"])
    }

    @Test("One that hangs holds none of the others up, and misses what is beyond its backlog")
    func hanging() {
        let observers = TaskObservers()
        let (stuck, other) = (Heard(), Heard())
        let gate = DispatchSemaphore(value: 0)
        observers.subscribe {
            gate.wait()
            gate.signal()
            stuck.hear($0)
        }
        observers.subscribe { other.hear($0) }
        let count = TaskObservers.backlog + 10
        for number in 1...count { observers.publish(progress(String(number))) }
        observers.drain(timeout: .seconds(0.2))
        #expect(other.all.count >= TaskObservers.backlog)
        #expect(stuck.all == [])
        gate.signal()
        observers.drain(timeout: .seconds(10))
        #expect(stuck.all == (1...TaskObservers.backlog).map(String.init))
    }

    @Test("One that reads at leisure holds none of the others up, and gets what is newest")
    func asynchronous() async {
        let observers = TaskObservers()
        let (stream, subscription) = observers.stream()
        let count = TaskObservers.backlog + 10
        for number in 1...count { observers.publish(progress(String(number))) }
        subscription.cancel()
        var phases: [String] = []
        for await case .progress(let progress) in stream { phases.append(progress.phase) }
        #expect(phases == (11...count).map(String.init))
    }
}
