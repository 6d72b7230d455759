import Dispatch
import Foundation

/// Batches that one thread fills and another empties. Few are on the way at any time, so the faster of the two waits, and
/// memory stays bounded.
final class Conveyor<Batch: AnyObject & Sendable>: @unchecked Sendable {
    private let full = Queue()
    private let empty = Queue()

    /// - Parameter batches: empty; all there will ever be.
    init(_ batches: [Batch]) {
        for batch in batches { empty.put(batch) }
    }

    // MARK: The filling side

    /// Waits for an empty batch; nil once the other side has stopped.
    func takeEmpty() -> Batch? {
        empty.take()
    }

    func put(_ batch: Batch) {
        full.put(batch)
    }

    /// There are no more.
    func finish() {
        full.shut()
    }

    // MARK: The emptying side

    /// Waits for a full batch; nil after the last.
    func takeFull() -> Batch? {
        full.take()
    }

    func giveBack(_ batch: Batch) {
        empty.put(batch)
    }

    /// Nobody wants any more.
    func stop() {
        empty.shut()
    }

    private final class Queue: @unchecked Sendable {
        private let condition = NSCondition()
        private var batches: [Batch] = []
        private var isShut = false

        func put(_ batch: Batch) {
            condition.withLock {
                batches.append(batch)
                condition.signal()
            }
        }

        /// Waits for a batch; nil once the queue is shut and empty.
        func take() -> Batch? {
            condition.withLock {
                while batches.isEmpty && !isShut { condition.wait() }
                return batches.isEmpty ? nil : batches.removeFirst()
            }
        }

        func shut() {
            condition.withLock {
                isShut = true
                condition.broadcast()
            }
        }
    }
}

/// The other side of a conveyor wants no more rows.
struct ConveyorStopped: Error {}

/// Work on a thread of its own, and its outcome.
final class Job<Outcome>: @unchecked Sendable {
    private let group = DispatchGroup()
    private var work: (() throws -> Outcome)?
    private var outcome: Result<Outcome, any Error>?

    init(_ name: String, _ work: @escaping () throws -> Outcome) {
        self.work = work
        group.enter()
        let thread = Thread { [self] in
            perform()
            group.leave()
        }
        thread.name = name
        thread.start()
    }

    /// What the work holds is let go here: the thread itself ends some time after the group, and what went last with it
    /// would be used by two threads at once.
    private func perform() {
        guard let work else { return }
        self.work = nil
        outcome = Result(catching: work)
    }

    func wait() {
        group.wait()
    }

    /// Waits for the work and passes on what it returned or threw.
    func result() throws -> Outcome {
        group.wait()
        guard let outcome else { throw ConveyorStopped() }
        return try outcome.get()
    }
}
