import Foundation

/// Work on a thread of its own: what a connection does blocks its thread, and must not block one of Swift's few.
package final class OtherThread<Result: Sendable>: @unchecked Sendable {
    // Guarded by `condition`, hence unchecked.
    private let condition = NSCondition()
    private var outcome: Swift.Result<Result, any Error>?
    private var continuation: CheckedContinuation<Result, any Error>?

    /// Starts the work.
    package init(_ work: @escaping @Sendable () throws -> Result) {
        Thread.detachNewThread { [self] in
            let outcome = Swift.Result(catching: work)
            condition.withLock {
                self.outcome = outcome
                condition.broadcast()
                continuation?.resume(with: outcome)
            }
        }
    }

    /// What the work returned or threw, without keeping a thread meanwhile.
    package var value: Result {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                condition.withLock {
                    if let outcome { continuation.resume(with: outcome) } else { self.continuation = continuation }
                }
            }
        }
    }

    /// What the work returned or threw.
    ///
    /// - Throws: ``TookTooLong`` if it has not ended after `seconds`.
    package func wait(seconds: Double = 30) throws -> Result {
        let deadline = Date(timeIntervalSinceNow: seconds)
        let result = condition.withLock {
            while outcome == nil, condition.wait(until: deadline) {}
            return outcome
        }
        guard let result else { throw TookTooLong(what: "the work on another thread ends") }
        return try result.get()
    }

    /// Whether the work has ended by now.
    package var isDone: Bool { condition.withLock { outcome != nil } }
}
