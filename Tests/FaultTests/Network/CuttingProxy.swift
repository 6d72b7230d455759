import Foundation
import Harness

/// Cuts the connection that activates a book: once, just before its COMMIT reaches the server, or just after the server
/// has carried it out.
final class CuttingProxy: Sendable {
    enum Cut: Sendable {
        case beforeCommit
        case afterCommit
    }

    private struct State {
        /// Connections that have activated a book and not yet committed it.
        var publishing: Set<Int> = []
        /// The connection that is cut, or has been.
        var chosen: Int?
    }

    private let proxy: SocketProxy
    private let state: Locked<State>

    init(to server: String, in folder: String, _ cut: Cut) throws {
        let state = Locked(State())
        self.state = state
        proxy = try SocketProxy(to: server, at: folder + "/proxy.sock") { event, connection in
            state.withLock { state in
                let statement = event.statement
                if statement.contains("UPDATE qt_partnumber_books SET is_active = 1") {
                    state.publishing.insert(connection)
                }
                if state.publishing.contains(connection), statement.contains("COMMIT"), state.chosen == nil {
                    state.chosen = connection
                    return cut == .beforeCommit ? .cut : .pass
                }
                // The server's answer to COMMIT stays here.
                if case .answered = event, state.chosen == connection { return .cut }
                return .pass
            }
        }
    }

    /// The path of the socket that leads to the server through here.
    var socket: String { proxy.socket }

    /// Whether the cut has been made.
    var isDone: Bool { state.withLock { $0.chosen != nil } }

    func stop() { proxy.stop() }
}
