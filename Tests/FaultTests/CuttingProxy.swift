import Foundation
import Synchronization

/// Stands between the program and the server on a socket, and cuts the connection that activates a book: once, just
/// before its COMMIT reaches the server, or just after the server has carried it out.
final class CuttingProxy: Sendable {
    enum Cut: Sendable {
        case beforeCommit
        case afterCommit
    }

    let socket: String
    private let server: String
    private let cut: Cut
    private let listener: Int32
    private let hasCut = Mutex(false)

    init(to server: String, in folder: String, _ cut: Cut) throws {
        self.server = server
        self.cut = cut
        socket = folder + "/proxy.sock"
        listener = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = UnixAddress.with(socket) { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 16) == 0 else { throw TookTooLong(what: "the proxy listens on \(socket)") }
        Thread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                Thread { [self] in serve(client) }.start()
            }
        }.start()
    }

    /// Whether the cut has been made.
    var isDone: Bool { hasCut.withLock { $0 } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// Carries bytes both ways until one side is gone or the cut is made.
    private func serve(_ client: Int32) {
        let upstream = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(client)
            close(upstream)
        }
        guard UnixAddress.with(server, { connect(upstream, $0, $1) }) == 0 else { return }
        var publishes = false
        var isCommitting = false
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
                publishes = publishes || text.contains("UPDATE qt_partnumber_books SET is_active = 1")
                if publishes, text.contains("COMMIT"), claimCut() {
                    if cut == .beforeCommit { return }
                    isCommitting = true
                }
                guard UnixAddress.writeAll(upstream, buffer, count) else { return }
            }
            if polls[1].revents != 0 {
                let count = read(upstream, &buffer, buffer.count)
                // The server's answer to COMMIT stays here.
                guard count > 0, !isCommitting else { return }
                guard UnixAddress.writeAll(client, buffer, count) else { return }
            }
        }
    }

    private func claimCut() -> Bool {
        hasCut.withLock { done in
            defer { done = true }
            return !done
        }
    }
}
