import Foundation
import Synchronization

/// Stands between the program and the server on a socket, and cuts the connection that publishes a book: once, just
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
        let bound = Self.withAddress(socket) { bind(listener, $0, $1) }
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
        guard Self.withAddress(server, { connect(upstream, $0, $1) }) == 0 else { return }
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
                publishes = publishes || text.contains("INSERT INTO qt_partnumber_books")
                if publishes, text.contains("COMMIT"), claimCut() {
                    if cut == .beforeCommit { return }
                    isCommitting = true
                }
                guard Self.writeAll(upstream, buffer, count) else { return }
            }
            if polls[1].revents != 0 {
                let count = read(upstream, &buffer, buffer.count)
                // The server's answer to COMMIT stays here.
                guard count > 0, !isCommitting else { return }
                guard Self.writeAll(client, buffer, count) else { return }
            }
        }
    }

    private func claimCut() -> Bool {
        hasCut.withLock { done in
            defer { done = true }
            return !done
        }
    }

    private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8], _ count: Int) -> Bool {
        var written = 0
        while written < count {
            let step = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress.map { $0 + written }, count - written, Int32(MSG_NOSIGNAL))
            }
            guard step > 0 else { return false }
            written += step
        }
        return true
    }

    private static func withAddress<Result>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result)
        -> Result
    {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
