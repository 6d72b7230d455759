import Foundation
import Synchronization

/// Stands between the program and the server on a socket, and keeps the COMMIT of a publication back until it is told to
/// send it on.
final class HoldingProxy: Sendable {
    /// What becomes of the program's side meanwhile.
    enum Side: Sendable {
        /// It waits for the answer.
        case kept
        /// It is shut, and the next connections are turned away: so many.
        case shut(refusals: Int)
    }

    private struct State {
        /// The server's side of the publishing connection, and its COMMIT.
        var held: (upstream: Int32, commit: [UInt8])?
        var hasHeld = false
        var refusals: Int
    }

    let socket: String
    private let server: String
    private let listener: Int32
    private let side: Side
    private let state: Mutex<State>

    init(to server: String, in folder: String, _ side: Side) throws {
        self.server = server
        self.side = side
        let refusals = if case .shut(let refusals) = side { refusals } else { 0 }
        socket = folder + "/proxy.sock"
        state = Mutex(State(refusals: refusals))
        listener = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = UnixAddress.with(socket) { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 16) == 0 else { throw TookTooLong(what: "the proxy listens on \(socket)") }
        Thread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                if isRefused() {
                    close(client)
                } else {
                    Thread { [self] in serve(client) }.start()
                }
            }
        }.start()
    }

    /// Whether the COMMIT has come.
    var isHolding: Bool { state.withLock { $0.hasHeld } }

    /// Connections still to be turned away.
    var refusals: Int { state.withLock { $0.refusals } }

    /// Sends the COMMIT on; nobody will read the answer.
    func release() {
        guard let held = state.withLock({ $0.held }) else { return }
        _ = UnixAddress.writeAll(held.upstream, held.commit, held.commit.count)
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        if let held = state.withLock({ $0.held }) { shutdown(held.upstream, Int32(SHUT_RDWR)) }
    }

    private func isRefused() -> Bool {
        state.withLock { state in
            guard state.hasHeld, state.refusals > 0 else { return false }
            state.refusals -= 1
            return true
        }
    }

    private func serve(_ client: Int32) {
        let upstream = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var isKept = false
        defer {
            close(client)
            if !isKept { close(upstream) }
        }
        guard UnixAddress.with(server, { connect(upstream, $0, $1) }) == 0 else { return }
        var publishes = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var polls = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: upstream, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polls, 2, -1) > 0 else { return }
            if polls[0].revents != 0 {
                let count = read(client, &buffer, buffer.count)
                guard count > 0 else { return }
                let text = String(decoding: buffer[..<count], as: UTF8.self)
                publishes = publishes || text.contains("INSERT INTO qt_partnumber_books")
                if publishes, text.contains("COMMIT"), hold(upstream, Array(buffer[..<count])) {
                    guard case .kept = side else {
                        isKept = true
                        return
                    }
                    continue
                }
                guard UnixAddress.writeAll(upstream, buffer, count) else { return }
            }
            if polls[1].revents != 0 {
                let count = read(upstream, &buffer, buffer.count)
                guard count > 0, UnixAddress.writeAll(client, buffer, count) else { return }
            }
        }
    }

    private func hold(_ upstream: Int32, _ commit: [UInt8]) -> Bool {
        state.withLock { state in
            guard !state.hasHeld else { return false }
            state.hasHeld = true
            state.held = (upstream, commit)
            return true
        }
    }
}
