import Foundation
import Harness

/// Keeps the COMMIT of a publication back until it is told to send it on.
final class HoldingProxy: Sendable {
    /// What becomes of the program's side meanwhile.
    enum Side: Sendable {
        /// It waits for the answer.
        case kept
        /// It is shut, and the next connections are turned away: so many.
        case shut(refusals: Int)
    }

    private struct State {
        /// Connections that have written a book and not yet committed it.
        var publishing: Set<Int> = []
        /// The publishing connection, and its COMMIT.
        var held: (connection: Int, commit: [UInt8])?
        var refusals: Int
    }

    private let proxy: SocketProxy
    private let state: Locked<State>

    init(to server: String, in folder: String, _ side: Side) throws {
        let (verdict, refusals): (SocketProxy.Verdict, Int) =
            if case .shut(let refusals) = side { (.abandon, refusals) } else { (.drop, 0) }
        let state = Locked(State(refusals: refusals))
        self.state = state
        proxy = try SocketProxy(to: server, at: folder + "/proxy.sock") { event, connection in
            state.withLock { state in
                switch event {
                case .opened:
                    guard state.held != nil, state.refusals > 0 else { return .pass }
                    state.refusals -= 1
                    return .cut
                case .sent(let bytes):
                    let statement = event.statement
                    if statement.contains("INSERT INTO qt_partnumber_books") { state.publishing.insert(connection) }
                    guard state.publishing.contains(connection), statement.contains("COMMIT"), state.held == nil
                    else { return .pass }
                    state.held = (connection, bytes)
                    return verdict
                case .answered, .left: return .pass
                }
            }
        }
    }

    /// The path of the socket that leads to the server through here.
    var socket: String { proxy.socket }

    /// Whether the COMMIT has come.
    var isHolding: Bool { state.withLock { $0.held != nil } }

    /// Connections still to be turned away.
    var refusals: Int { state.withLock { $0.refusals } }

    /// Sends the COMMIT on; nobody will read the answer.
    func release() {
        if let held = state.withLock({ $0.held }) { proxy.send(held.commit, on: held.connection) }
    }

    func stop() { proxy.stop() }
}
