package import Database
package import ErrorModel
import Synchronization

/// Whether the run has been asked to end, and what stops the statement it is in.
///
/// Asked from a signal's thread or the heartbeat's; looked at by the work. From ``withCancellationDisabled(_:)`` on, which wraps the commit,
/// the work cannot be stopped any more: then it is done, and ends as such.
package final class CancellationToken: Sendable {
    /// Why the run is to end.
    package enum Reason: Hashable, Sendable {
        /// SIGINT or SIGTERM, by number.
        case signal(Int32)
        /// `pnbook task cancel`, by whom.
        case request(by: String)
        /// Another run has taken this one for lost.
        case revoked
    }

    private struct State {
        var reason: Reason?
        var isSealed = false
        var interrupters: [any Interrupter] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Why the run is to end; nil where it may go on, also because it is past stopping.
    package var reason: Reason? {
        state.withLock { $0.isSealed ? nil : $0.reason }
    }

    /// Why the run was asked to end, heeded or not.
    package var request: Reason? {
        state.withLock { $0.reason }
    }

    /// Asks the run to end. The first reason stays.
    package func request(_ reason: Reason) {
        state.withLock { $0.reason = $0.reason ?? reason }
    }

    /// Registers what stops a connection's statements.
    package func add(_ interrupter: any Interrupter) {
        state.withLock { $0.interrupters.append(interrupter) }
    }

    package func removeInterrupters() {
        state.withLock { $0.interrupters = [] }
    }

    /// Stops whatever statement is running, if the run is to end and can still be stopped.
    package func interruptStatements() {
        let interrupters = state.withLock { $0.reason != nil && !$0.isSealed ? $0.interrupters : [] }
        for interrupter in interrupters {
            // One that cannot be stopped ends by itself; the look before the next statement ends the run then.
            try? interrupter.interrupt()
        }
    }

    /// - Throws: ``Cancelled`` where the run is to end.
    package func check() throws {
        if let reason { throw Cancelled(reason: reason) }
    }

    /// Runs `body`, in the course of which the run cannot be stopped.
    ///
    /// - Throws: ``Cancelled`` where it was asked to end before.
    package func withCancellationDisabled<Result>(_ body: () throws -> Result) throws -> Result {
        try state.withLock { state in
            if let reason = state.reason { throw Cancelled(reason: reason) }
            state.isSealed = true
        }
        defer { state.withLock { $0.isSealed = false } }
        return try body()
    }

    /// What an error means: a statement, or a wait for somebody's lock, that was stopped because the run is to end is a
    /// cancellation.
    package func meaning(of error: any Error) -> any Error {
        guard let reason else { return error }
        switch error {
        case let error as DatabaseError where error.kind == .interrupted || error.kind == .lockTimeout:
            return Cancelled(reason: reason)
        case let error as TransactionError: return meaning(of: error.cause)
        default: return error
        }
    }
}

/// The run was asked to end, and has undone its work.
package struct Cancelled: Diagnosable {
    package let reason: CancellationToken.Reason

    package init(reason: CancellationToken.Reason) {
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .signal(let number): "cancelled by signal \(number); what was not committed was undone"
        case .request(let who): "cancelled by \(who); what was not committed was undone"
        case .revoked: "another run has presumed this one dead and gone on; this one has changed nothing and stops"
        }
    }

    package var category: ErrorCategory {
        switch reason {
        case .signal(let number): number == 2 ? .interrupted : .terminated
        case .request: .terminated
        case .revoked: .busy
        }
    }

    package var remedy: Remedy? { nil }
}
