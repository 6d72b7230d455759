import Foundation
import Synchronization

/// Sits between clients and a server on a Unix socket, and passes on what they say as a rule decides.
package final class SocketProxy: Sendable {
    /// What happens on a connection. The rule decides before anything is passed on.
    package enum Event: Sendable {
        /// A client has connected.
        case opened
        /// The client has sent something.
        case sent([UInt8])
        /// The server has answered.
        case answered([UInt8])
        /// The client has closed its side.
        case left

        /// What the client has sent, as text; empty for any other event.
        package var statement: String {
            if case .sent(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { "" }
        }
    }

    /// What a rule decides.
    package enum Verdict: Sendable {
        /// It is passed on, as if the proxy were not there.
        case pass
        /// Nobody hears of it, and the connection goes on.
        case drop
        /// Both sides are closed; of a connection just opened, the client's.
        case cut
        /// The client's side is closed and the server's stays open, until the server closes it or the proxy stops.
        case abandon
    }

    /// Decides on an event of a connection, which is told from others by its number. Called from many threads.
    package typealias Rule = @Sendable (_ event: Event, _ connection: Int) -> Verdict

    private struct Link {
        /// Nil once it is closed.
        var client: Int32?
        let upstream: Int32
        var isAbandoned = false
    }

    /// The path of the socket on which the proxy listens; empty where that is a port.
    package let socket: String
    /// The port of 127.0.0.1 on which the proxy listens; 0 where that is a Unix socket.
    package let port: UInt16
    private let servers: @Sendable () -> [String]
    private let silence: Int32?
    private let rule: Rule
    private let listener: SocketListener
    private let links = Mutex([Int: Link]())

    /// - Parameters:
    ///   - server: the path of the server's socket.
    ///   - socket: where the proxy listens; the file must not exist.
    ///   - silence: what a client sends is gathered until it has sent nothing for so many milliseconds; nil to decide on
    ///     each piece as it comes.
    package init(
        to server: String, at socket: String, gatheringUntilSilentFor silence: Int32? = nil, _ rule: @escaping Rule
    )
        throws
    {
        servers = { [server] }
        self.socket = socket
        port = 0
        self.silence = silence
        self.rule = rule
        listener = SocketListener(try LocalSocket.listen(at: socket))
        listener.start { [self] client, number in serve(client, number) }
    }

    /// A proxy that listens on a free port of 127.0.0.1.
    ///
    /// - Parameter servers: paths of servers' sockets, asked for at each connection: the first that accepts it gets it.
    package init(toFirstOf servers: @escaping @Sendable () -> [String], _ rule: @escaping Rule) throws {
        self.servers = servers
        socket = ""
        let (descriptor, port) = try LocalSocket.listen()
        self.port = port
        silence = nil
        self.rule = rule
        listener = SocketListener(descriptor)
        listener.start { [self] client, number in serve(client, number) }
    }

    // MARK: From outside

    /// Closes the client's side of a connection, and leaves the server's open (``Verdict/abandon``).
    ///
    /// - Returns: whether there is such a connection.
    package func abandon(_ connection: Int) -> Bool {
        links.withLock { links in
            guard let client = links[connection]?.client else { return false }
            links[connection]?.isAbandoned = true
            shutdown(client, Int32(SHUT_RDWR))
            return true
        }
    }

    /// Sends the server something on a connection: what the rule has dropped, when its time has come.
    package func send(_ bytes: [UInt8], on connection: Int) {
        links.withLock { links in
            if let link = links[connection] { LocalSocket.send(bytes, to: link.upstream) }
        }
    }

    /// Listens no longer, and breaks all connections.
    package func stop() {
        listener.stop()
        if !socket.isEmpty { unlink(socket) }
        links.withLock { links in
            for link in links.values {
                if let client = link.client { shutdown(client, Int32(SHUT_RDWR)) }
                shutdown(link.upstream, Int32(SHUT_RDWR))
            }
        }
    }

    /// Listens no longer, and waits until the clients have closed all connections.
    package func finish() {
        listener.stop()
        unlink(socket)
        listener.wait()
    }

    // MARK: One connection

    private func serve(_ client: Int32, _ number: Int) {
        guard case .pass = rule(.opened, number), let upstream = connectToFirst() else {
            close(client)
            return
        }
        links.withLock { $0[number] = Link(client: client, upstream: upstream) }
        let outlivesClient = forward(number, client, upstream)
        links.withLock { links in
            links[number]?.client = nil
            close(client)
        }
        if outlivesClient { while LocalSocket.receive(from: upstream) != nil {} }
        links.withLock { links in
            links[number] = nil
            close(upstream)
        }
    }

    private func connectToFirst() -> Int32? {
        for server in servers() {
            if let upstream = LocalSocket.connect(to: server) { return upstream }
        }
        return nil
    }

    /// Passes bytes on until one side is gone or the rule ends it.
    ///
    /// - Returns: whether the server's side stays open.
    private func forward(_ number: Int, _ client: Int32, _ upstream: Int32) -> Bool {
        var isAbandoned: Bool { links.withLock { $0[number]?.isAbandoned ?? false } }
        while true {
            var polls = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&polls, 2, -1) > 0 || errno == EINTR else { return false }
            let event: Event
            let (bytes, target): ([UInt8], Int32)
            // An answer first: what the client says next may be said because of it.
            if polls[1].revents != 0 {
                guard let answer = LocalSocket.receive(from: upstream) else { return false }
                (event, bytes, target) = (.answered(answer), answer, client)
            } else if polls[0].revents != 0 {
                guard let statement = gather(from: client) else {
                    if case .abandon = rule(.left, number) { return true }
                    return isAbandoned
                }
                (event, bytes, target) = (.sent(statement), statement, upstream)
            } else {
                continue
            }
            switch rule(event, number) {
            case .pass: guard LocalSocket.send(bytes, to: target) else { return isAbandoned }
            case .drop: break
            case .cut: return false
            case .abandon: return true
            }
        }
    }

    private func gather(from client: Int32) -> [UInt8]? {
        guard var bytes = LocalSocket.receive(from: client) else { return nil }
        guard let silence else { return bytes }
        var waiting = pollfd(fd: client, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, silence) > 0, let more = LocalSocket.receive(from: client) { bytes += more }
        return bytes
    }
}
