import Foundation
import Harness

/// Does to the connection that holds the lock what networks do: leaves it half open, or lets it fall silent.
final class LockHolderProxy: Sendable {
    private struct State {
        /// The first connection that asked for the lock.
        var lockHolder: Int?
        var isSilent = false
    }

    private let proxy: SocketProxy
    private let state: Locked<State>

    init(to server: String, in folder: String) throws {
        let state = Locked(State())
        self.state = state
        proxy = try SocketProxy(to: server, at: folder + "/proxy.sock") { event, connection in
            state.withLock { state in
                if state.lockHolder == nil, event.statement.contains("GET_LOCK(CONCAT") {
                    state.lockHolder = connection
                }
                guard state.isSilent, state.lockHolder == connection else { return .pass }
                // The program has given it up; the server does not hear of that, until it ends the session itself.
                if case .left = event { return .abandon }
                return .drop
            }
        }
    }

    /// The path of the socket that leads to the server through here.
    var socket: String { proxy.socket }

    /// Closes the program's side of the connection and keeps the server's, as when a network goes away without a word.
    ///
    /// - Returns: whether there was one.
    func abandonLockHolder() -> Bool {
        guard let holder = state.withLock({ $0.lockHolder }) else { return false }
        return proxy.abandon(holder)
    }

    /// From now on nothing that either side says arrives, and both stay open, as when a network drops packets.
    ///
    /// - Returns: whether there was such a connection.
    func silenceLockHolder() -> Bool {
        state.withLock { state in
            state.isSilent = state.lockHolder != nil
            return state.isSilent
        }
    }

    func stop() { proxy.stop() }
}
