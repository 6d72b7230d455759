import Foundation
import Synchronization

/// Stands between the program and the server on a socket, and can let the connection that holds the lock fall silent: both
/// sides stay open, and nothing that either says arrives, as when a network drops packets.
final class SilentProxy: Sendable {
    private struct State {
        var lockHolder: Int?
        var silent: Int?
    }

    let socket: String
    private let server: String
    private let listener: Int32
    private let state = Mutex(State())

    init(to server: String, in folder: String) throws {
        self.server = server
        socket = folder + "/silent.sock"
        listener = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = UnixAddress.with(socket) { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 16) == 0 else { throw TookTooLong(what: "the proxy listens on \(socket)") }
        Thread { [self] in
            var number = 0
            while case let client = accept(listener, nil, nil), client >= 0 {
                number += 1
                let pair = number
                Thread { [self] in serve(client, pair) }.start()
            }
        }.start()
    }

    /// From now on nothing passes on the connection that asked for the lock first.
    ///
    /// - Returns: whether there was one.
    func silenceLockHolder() -> Bool {
        state.withLock { state in
            state.silent = state.lockHolder
            return state.silent != nil
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ client: Int32, _ number: Int) {
        let upstream = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(client)
            close(upstream)
        }
        guard UnixAddress.with(server, { connect(upstream, $0, $1) }) == 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var polls = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: upstream, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polls, 2, -1) > 0 else { return }
            for (from, to) in [(0, upstream), (1, client)] where polls[from].revents != 0 {
                let count = read(polls[from].fd, &buffer, buffer.count)
                let isSilent = state.withLock { $0.silent == number }
                if isSilent, count <= 0 {
                    // The program has given it up; the server does not hear of that, until it ends the session itself.
                    drain(upstream)
                    return
                }
                guard count > 0 else { return }
                if from == 0, String(decoding: buffer[..<count], as: UTF8.self).contains("GET_LOCK") {
                    state.withLock { $0.lockHolder = $0.lockHolder ?? number }
                }
                guard isSilent || UnixAddress.writeAll(to, buffer, count) else { return }
            }
        }
    }

    /// Reads until the other side closes.
    private func drain(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while read(descriptor, &buffer, buffer.count) > 0 {}
    }
}
