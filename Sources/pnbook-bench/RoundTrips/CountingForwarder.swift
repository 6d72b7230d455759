import Foundation
import Synchronization

/// Listens on a Unix socket, sends everything on to a server's, and counts the round trips of each connection.
final class CountingForwarder: Sendable {
    let socket: String
    private let server: String
    private let listener: Int32
    private let conversations = Mutex<[Conversation]>([])
    private let open = DispatchGroup()

    /// - Parameters:
    ///   - server: the path of the server's socket.
    ///   - socket: where this one listens; the file must not exist.
    init(to server: String, at socket: String) throws {
        self.server = server
        self.socket = socket
        listener = try UnixSocket.listen(at: socket)
        open.enter()
        Thread.detachNewThread { [self] in
            defer { open.leave() }
            while case let client = accept(listener, nil, nil), client >= 0 {
                let number = conversations.withLock { all in
                    all.append(Conversation())
                    return all.count - 1
                }
                open.enter()
                Thread.detachNewThread { [self] in
                    defer { open.leave() }
                    forward(client, number)
                }
            }
        }
    }

    /// Listens no longer, and waits for the end of the connections.
    ///
    /// - Returns: what was said on each, in the order of their opening.
    func stop() -> [Conversation] {
        shutdown(listener, Int32(SHUT_RDWR))
        open.wait()
        close(listener)
        unlink(socket)
        return conversations.withLock { $0 }
    }

    /// Nothing is sent on before the client has been silent for so many milliseconds: commands that it sends without
    /// waiting are one trip, however fast this server answers the first of them.
    private static let silence: Int32 = 1
    private static let bufferSize = 1 << 16

    private func forward(_ client: Int32, _ number: Int) {
        defer { close(client) }
        guard let upstream = UnixSocket.connect(to: server) else { return }
        defer { close(upstream) }
        var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
        while true {
            var polls = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&polls, 2, -1) > 0 || errno == EINTR else { return }
            if polls[1].revents != 0 {
                let count = read(upstream, &buffer, buffer.count)
                guard count > 0 else { return }
                conversations.withLock { $0[number].receive(buffer[..<count]) }
                guard UnixSocket.write(buffer[..<count], to: client) else { return }
            } else if polls[0].revents != 0 {
                guard sendOn(from: client, to: upstream, number, &buffer) else { return }
            }
        }
    }

    /// Sends on what the client says until it is silent.
    ///
    /// - Returns: false where one of the two is gone.
    private func sendOn(from client: Int32, to upstream: Int32, _ number: Int, _ buffer: inout [UInt8]) -> Bool {
        var said: [UInt8] = []
        var isOpen = true
        repeat {
            let count = read(client, &buffer, buffer.count)
            if count > 0 { said += buffer[..<count] } else { isOpen = false }
        } while isOpen && isReadable(client)
        conversations.withLock { $0[number].send(said) }
        return UnixSocket.write(said[...], to: upstream) && isOpen
    }

    private func isReadable(_ descriptor: Int32) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, Self.silence) > 0
    }
}
