import Testing

@testable import Pipelines

@Suite("Batches between two threads")
struct BatchQueueTests {
    /// Numbers, at most three. Not `Sendable`, as a real batch is not.
    private final class Batch {
        private(set) var numbers: [Int] = []

        func append(_ number: Int) -> Bool {
            if numbers.count == 3 { return false }
            numbers.append(number)
            return true
        }

        func removeAll() -> [Int] {
            defer { numbers = [] }
            return numbers
        }
    }

    private struct Refusal: Error {}

    /// Fills `queue` with the numbers below `count` on a thread of its own.
    private static func filling(_ queue: BatchQueue<Batch>, upTo count: Int) throws -> WorkerThread<Int> {
        try WorkerThread("filling") {
            defer { queue.finish() }
            return try queue.fill({ $0.append($1) }) { append in
                for number in 0..<count { try append(number) }
                return count
            }
        }
    }

    @Test("Every row arrives once and in order", arguments: [0, 1, 3, 4, 1000], [1, 4])
    func order(count: Int, batches: Int) throws {
        let queue = BatchQueue(batches) { Batch() }
        let filling = try Self.filling(queue, upTo: count)
        var numbers: [Int] = []
        queue.drain { numbers += $0.removeAll() }
        #expect(numbers == Array(0..<count))
        #expect(try filling.result() == count)
    }

    @Test("One that reads batch by batch gets the same, and nil again and again after the last")
    func cursor() throws {
        let queue = BatchQueue(2) { Batch() }
        let filling = try Self.filling(queue, upTo: 100)
        var numbers: [Int] = []
        var batch = queue.next(after: nil)
        while let full = batch {
            numbers += full.removeAll()
            batch = queue.next(after: full)
        }
        #expect(numbers == Array(0..<100))
        #expect(queue.next(after: nil) == nil)
        #expect(try filling.result() == 100)
    }

    @Test("The filling side is told that the other one has stopped, and does not wait for it")
    func stopped() throws {
        let queue = BatchQueue(2) { Batch() }
        let filling = try Self.filling(queue, upTo: .max)
        #expect(throws: Refusal.self) {
            try queue.drain { batch in
                if batch.removeAll().contains(30) { throw Refusal() }
            }
        }
        queue.stop()
        #expect(throws: BatchQueueStopped.self) { try filling.result() }
    }

    @Test("What the filling side throws is its own; what it had sent arrives")
    func broken() throws {
        let queue = BatchQueue(2) { Batch() }
        let filling = try WorkerThread("filling") {
            defer { queue.finish() }
            try queue.fill({ $0.append($1) }) { append in
                for number in 0..<7 { try append(number) }
                throw Refusal()
            }
        }
        var numbers: [Int] = []
        queue.drain { numbers += $0.removeAll() }
        #expect(numbers == Array(0..<6))
        #expect(throws: Refusal.self) { try filling.result() }
    }
}
