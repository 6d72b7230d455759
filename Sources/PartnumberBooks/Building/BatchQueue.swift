import Dispatch
import Foundation

/// Batches that one thread fills and another empties. Few are on the way at any time, so the faster of the two waits, and
/// memory stays bounded.
final class BatchQueue<Batch: Sendable>: @unchecked Sendable {
    private let full = Queue()
    private let empty = Queue()

    /// - Parameter batches: empty; all there will ever be.
    init(_ batches: [Batch]) {
        for batch in batches { empty.put(batch) }
    }

    // MARK: The filling side

    /// Fills batch after batch with what `produce` hands over. To be followed by ``finish()``, also after an error.
    ///
    /// - Parameter append: puts a row into a batch; false where there is no room. An empty batch has room for any row.
    /// - Throws: ``BatchQueueStopped`` once the other side has stopped.
    func fill<Row, Outcome>(
        _ append: @escaping (Batch, Row) throws -> Bool, _ produce: ((Row) throws -> Void) throws -> Outcome
    ) throws -> Outcome {
        var filling = try takeEmpty()
        let outcome = try produce { row in
            if try append(filling, row) { return }
            full.put(filling)
            filling = try takeEmpty()
            _ = try append(filling, row)
        }
        full.put(filling)
        return outcome
    }

    private func takeEmpty() throws -> Batch {
        guard let batch = empty.take() else { throw BatchQueueStopped() }
        return batch
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

    /// Hands over each full batch, and gives it back to be filled again; `body` empties it.
    func drain(_ body: (Batch) throws -> Void) rethrows {
        while let batch = takeFull() {
            try body(batch)
            giveBack(batch)
        }
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
struct BatchQueueStopped: Error {}

/// Work on a thread of its own, and its outcome.
final class WorkerThread<Outcome>: @unchecked Sendable {
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
        guard let outcome else { throw BatchQueueStopped() }
        return try outcome.get()
    }
}
