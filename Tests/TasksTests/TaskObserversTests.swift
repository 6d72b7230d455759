import Chronology
import Dispatch
import Synchronization
import Testing

@testable import Tasks

@Suite("Subscribers")
struct TaskObserversTests {
    private struct Refusal: Error {}

    private final class Heard: Sendable {
        private let texts = Mutex([String]())
        var all: [String] { texts.withLock { $0 } }
        func hear(_ announcement: TaskUpdate) {
            if case .progress(let progress) = announcement { texts.withLock { $0.append(progress.phase) } }
        }
    }

    private func progress(_ phase: String) -> TaskUpdate {
        .progress(TaskProgress(percent: 1, phase: phase, message: phase))
    }

    @Test("Each is told of everything, in order, until it unsubscribes; twice is allowed")
    func told() {
        let subscribers = TaskObservers()
        let (first, second) = (Heard(), Heard())
        let subscription = subscribers.subscribe { first.hear($0) }
        subscribers.subscribe { second.hear($0) }
        subscribers.tell(progress("a"))
        subscribers.settle(within: 10)
        subscription.cancel()
        subscription.cancel()
        subscribers.tell(progress("b"))
        subscribers.settle(within: 10)
        #expect(first.all == ["a"])
        #expect(second.all == ["a", "b"])
    }

    @Test("One that throws is told no more and harms nobody")
    func throwing() {
        let subscribers = TaskObservers()
        let (before, after) = (Heard(), Heard())
        subscribers.subscribe {
            before.hear($0)
            throw Refusal()
        }
        subscribers.subscribe { after.hear($0) }
        subscribers.tell(progress("a"))
        subscribers.tell(progress("b"))
        subscribers.settle(within: 10)
        #expect(before.all == ["a"])
        #expect(after.all == ["a", "b"])
    }

    @Test("One may unsubscribe while it is being told")
    func unsubscribingInside() {
        let subscribers = TaskObservers()
        let heard = Heard()
        let own = Mutex<TaskObservers.Subscription?>(nil)
        let subscription = subscribers.subscribe { announcement in
            heard.hear(announcement)
            own.withLock { $0 }?.cancel()
        }
        own.withLock { $0 = subscription }
        subscribers.tell(progress("a"))
        subscribers.tell(progress("b"))
        subscribers.settle(within: 10)
        #expect(heard.all == ["a"])
    }

    @Test("One that hangs holds nobody up, and misses what is beyond its backlog")
    func hanging() {
        let subscribers = TaskObservers()
        let (stuck, other) = (Heard(), Heard())
        let gate = DispatchSemaphore(value: 0)
        subscribers.subscribe {
            gate.wait()
            gate.signal()
            stuck.hear($0)
        }
        subscribers.subscribe { other.hear($0) }
        let count = TaskObservers.backlog + 10
        for number in 1...count { subscribers.tell(progress(String(number))) }
        subscribers.settle(within: 0.2)
        #expect(other.all.count >= TaskObservers.backlog)
        #expect(stuck.all == [])
        gate.signal()
        subscribers.settle(within: 10)
        #expect(stuck.all == (1...TaskObservers.backlog).map(String.init))
    }

    @Test("One that reads at leisure holds nobody up, and gets what is newest")
    func asynchronous() async {
        let subscribers = TaskObservers()
        let (stream, subscription) = subscribers.stream()
        let count = TaskObservers.backlog + 10
        for number in 1...count { subscribers.tell(progress(String(number))) }
        subscription.cancel()
        var phases: [String] = []
        for await case .progress(let progress) in stream { phases.append(progress.phase) }
        #expect(phases == (11...count).map(String.init))
    }
}
