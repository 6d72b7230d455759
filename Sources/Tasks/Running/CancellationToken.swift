package import Database
import Pipelines

/// A cancellation token: whether the run was asked to end, and how to interrupt its current statement.
///
/// Set by the thread for signals or the heartbeat's, checked by the work. Inside ``withCancellationDisabled(_:)``, which
/// wraps the commit, the work cannot be stopped any more.
package final class CancellationToken: Sendable {
    /// Why the run is to end.
    package enum Reason: Hashable, Sendable {
        /// SIGINT, SIGTERM or SIGHUP, by number.
        case signal(Int32)
        /// `pnbook task cancel`, by whom.
        case request(by: String)
        /// Another run has presumed this one dead and taken over.
        case revoked
    }

    private struct State: Sendable {
        var reason: Reason?
        var isDisabled = false
        var interrupters: [any Interrupter] = []

        /// Why the run is to end now.
        var effectiveReason: Reason? { isDisabled ? nil : reason }
    }

    private let state = Monitor(State())

    package init() {}

    /// Why the run is to end; nil where it may go on, or can no longer be stopped.
    package var reason: Reason? {
        state.withLock(\.effectiveReason)
    }

    /// Why the run was asked to end, whether or not that can still stop it.
    package var request: Reason? {
        state.withLock { $0.reason }
    }

    /// Asks the run to end. The first reason stays.
    package func request(_ reason: Reason) {
        state.withLock { $0.reason = $0.reason ?? reason }
    }

    /// Registers the interrupter of a connection.
    package func add(_ interrupter: any Interrupter) {
        state.withLock { $0.interrupters.append(interrupter) }
    }

    package func removeInterrupters() {
        state.withLock { $0.interrupters = [] }
    }

    /// Stops whatever statement is running, if the run is to end and can still be stopped.
    package func interruptStatements() {
        let interrupters = state.withLock { $0.effectiveReason == nil ? [] : $0.interrupters }
        for interrupter in interrupters {
            // One that cannot be stopped ends by itself; the check before the next statement ends the run then.
            try? interrupter.interrupt()
        }
    }

    /// - Throws: ``Cancelled`` where the run is to end.
    package func check() throws {
        if let reason { throw Cancelled(reason: reason) }
    }

    /// Waits, but no longer once the run is to end.
    ///
    /// - Throws: ``Cancelled``.
    package func sleep(_ duration: Duration) throws {
        _ = state.wait(for: duration) { $0.effectiveReason != nil }
        try check()
    }

    /// For retries while the run may go on: a pause ends with ``Cancelled`` as soon as it may not.
    package var retryTiming: RetryTiming {
        var timing = RetryTiming.system
        timing.sleep = sleep
        return timing
    }

    /// Runs `body`, during which the run cannot be stopped.
    ///
    /// - Throws: ``Cancelled`` where it was asked to end before.
    package func withCancellationDisabled<Result>(_ body: () throws -> Result) throws -> Result {
        try state.withLock { state in
            if let reason = state.reason { throw Cancelled(reason: reason) }
            state.isDisabled = true
        }
        defer { state.withLock { $0.isDisabled = false } }
        return try body()
    }

    /// The error as the caller should see it: a statement, or a wait for a lock, that was interrupted because the run is to
    /// end is a cancellation.
    package func translating(_ error: any Error) -> any Error {
        guard let reason else { return error }
        switch error {
        // A connection that does not answer is ended for that.
        case let error as DatabaseError where [.interrupted, .lockTimeout, .connectionLost].contains(error.kind):
            return Cancelled(reason: reason)
        case let error as TransactionError: return translating(error.cause)
        default: return error
        }
    }
}
