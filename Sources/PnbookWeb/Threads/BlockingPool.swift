package import ErrorModel
import Pipelines

/// Runs calls that block, of databases and of processes, on a few threads of its own, and what is too much for them later.
///
/// Neither the server's threads nor Swift's own may wait for a database.
package final class BlockingPool: Sendable {
    private struct State: Sendable {
        var waiting: [@Sendable () -> Void] = []
        var threads = 0
        var idle = 0
        var isShut = false
    }

    private let name: String
    private let mostThreads: Int
    private let backlog: Int
    private let state = Monitor(State())

    /// Starts no thread yet.
    ///
    /// - Parameters:
    ///   - name: of its threads.
    ///   - threads: how many calls run at a time.
    ///   - backlog: how many more may wait.
    package init(_ name: String, threads: Int, backlog: Int) {
        self.name = name
        mostThreads = threads
        self.backlog = backlog
    }

    deinit {
        state.withLock { $0.isShut = true }
    }

    /// Runs `work` on one of the threads.
    ///
    /// - Throws: ``PoolOverload`` where too many calls wait already, `ThreadError` where no thread can be had, and what `work` throws.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try add { continuation.resume(with: Result(catching: work)) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    private func add(_ job: @escaping @Sendable () -> Void) throws {
        let needsThread = try state.withLock { state in
            guard state.waiting.count < backlog else { throw PoolOverload() }
            let isShort = state.waiting.count >= state.idle && state.threads < mostThreads
            if isShort { state.threads += 1 }
            state.waiting.append(job)
            return isShort
        }
        guard needsThread else { return }
        do {
            // The state alone: a thread that kept the pool would keep it for ever.
            _ = try WorkerThread(name) { [state] in Self.work(state) }
        } catch {
            let isOnlyHope = state.withLock { state in
                state.threads -= 1
                if state.threads == 0 { state.waiting.removeLast() }
                return state.threads == 0
            }
            if isOnlyHope { throw error }
        }
    }

    private static func work(_ state: Monitor<State>) {
        while true {
            state.withLock { $0.idle += 1 }
            let job: (@Sendable () -> Void)? = state.wait(until: { !$0.waiting.isEmpty || $0.isShut }) { state in
                state.idle -= 1
                return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            }
            guard let job else { return }
            job()
        }
    }
}

/// More requests at a time than are worked on.
package struct PoolOverload: Diagnosable {
    package var text: DisplayText { "too many requests wait for the database; this one was not begun" }
    package var category: ErrorCategory { .tryLater }
    package var remedy: Remedy? { .tryAgain }
}
