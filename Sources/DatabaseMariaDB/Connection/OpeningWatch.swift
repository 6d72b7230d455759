import CMariaDB
import FoundationEssentials
import Glibc
import Pipelines
import Synchronization

/// Ends a connection that opens too slowly, or whose run is to end, from a thread of its own.
///
/// Within TLS the client library waits by itself, for each next byte as long as for the first, and asks nobody meanwhile.
final class OpeningWatch: Sendable {
    private struct State: Sendable {
        var link: SocketLink?
        var failure: (any Error)?
        var isOver = false
    }

    private let state = Mutex(State())

    /// Why the connection was ended; nil where it was not.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// - Parameter problem: called many times a second; an error that it throws ends the connection.
    /// - Throws: `ThreadError`.
    init(_ problem: @escaping @Sendable () throws -> Void) throws {
        _ = try WorkerThread("opening") { [self] in
            while look(problem) { usleep(100_000) }
        }
    }

    /// The socket, once there is one.
    func watch(_ pointer: UnsafeMutablePointer<MYSQL>) {
        state.withLock { if $0.link == nil { $0.link = SocketLink(pointer) } }
    }

    /// The connection is open, or given up.
    func end() {
        state.withLock { $0.isOver = true }
    }

    /// - Returns: whether to look again.
    private func look(_ problem: () throws -> Void) -> Bool {
        if state.withLock({ $0.isOver }) { return false }
        do {
            try problem()
            return true
        } catch {
            state.withLock { state in
                guard !state.isOver else { return }
                state.failure = error
                state.link?.end()
            }
            return false
        }
    }
}
