import Foundation
import Synchronization

/// Stands between the program and the server on a socket, and can leave a connection half open: closed towards the
/// program, kept towards the server, as when a network goes away without a word.
final class HalfOpenProxy: Sendable {
    private struct Pair {
        var client: Int32
        var upstream: Int32
        var asksForLock = false
        var isAbandoned = false
    }

    let socket: String
    private let server: String
    private let listener: Int32
    private let pairs = Mutex([Int: Pair]())

    init(to server: String, in folder: String) throws {
        self.server = server
        socket = folder + "/proxy.sock"
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

    /// Closes the program's side of the connection that asked for the lock, and keeps the server's.
    ///
    /// - Returns: whether there was one.
    func abandonLockHolder() -> Bool {
        pairs.withLock { pairs in
            guard let holder = pairs.first(where: { $0.value.asksForLock && !$0.value.isAbandoned })?.key else {
                return false
            }
            pairs[holder]?.isAbandoned = true
            shutdown(pairs[holder]?.client ?? -1, Int32(SHUT_RDWR))
            return true
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        pairs.withLock { pairs in
            for pair in pairs.values where pair.isAbandoned { close(pair.upstream) }
        }
    }

    private func serve(_ client: Int32, _ number: Int) {
        let upstream = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        pairs.withLock { $0[number] = Pair(client: client, upstream: upstream) }
        defer {
            close(client)
            if !pairs.withLock({ $0[number]?.isAbandoned ?? false }) { close(upstream) }
        }
        guard UnixAddress.with(server, { connect(upstream, $0, $1) }) == 0 else { return }
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
                if String(decoding: buffer[..<count], as: UTF8.self).contains("GET_LOCK") {
                    pairs.withLock { $0[number]?.asksForLock = true }
                }
                guard UnixAddress.writeAll(upstream, buffer, count) else { return }
            }
            if polls[1].revents != 0 {
                let count = read(upstream, &buffer, buffer.count)
                guard count > 0, UnixAddress.writeAll(client, buffer, count) else { return }
            }
        }
    }
}
