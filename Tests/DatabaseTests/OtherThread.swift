import Foundation

/// Work on a thread of its own, awaited for a bounded time: what a connection does blocks its thread.
final class OtherThread<Result: Sendable>: @unchecked Sendable {
    struct TooLate: Error {}

    private let condition = NSCondition()
    private var outcome: Swift.Result<Result, any Error>?
    private var continuation: CheckedContinuation<Result, any Error>?

    init(_ work: @escaping @Sendable () throws -> Result) {
        Thread.detachNewThread { [self] in
            let outcome = Swift.Result(catching: work)
            condition.withLock {
                self.outcome = outcome
                condition.broadcast()
                continuation?.resume(with: outcome)
            }
        }
    }

    /// What the work returned or threw, without keeping a thread: for work that ends by itself, late.
    var value: Result {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                condition.withLock {
                    if let outcome { continuation.resume(with: outcome) } else { self.continuation = continuation }
                }
            }
        }
    }

    /// What the work returned or threw.
    func wait(seconds: TimeInterval = 30) throws -> Result {
        let deadline = Date(timeIntervalSinceNow: seconds)
        return try condition.withLock {
            while outcome == nil {
                guard condition.wait(until: deadline) else { throw TooLate() }
            }
            return outcome
        }?.get() ?? { throw TooLate() }()
    }

    /// Whether the work has ended by now.
    var isDone: Bool { condition.withLock { outcome != nil } }
}

/// Asks `condition` again and again until it holds, for a bounded time; false when it never did.
func eventually(seconds: TimeInterval = 20, _ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date() < deadline {
        if try condition() { return true }
        Thread.sleep(forTimeInterval: 0.01)
    }
    return try condition()
}
