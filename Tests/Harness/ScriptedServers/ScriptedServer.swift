import Foundation
import Synchronization

/// Listens where a MariaDB is expected, lets everybody in, and answers what a script says: what a dishonest server or a broken
/// network might.
package final class ScriptedServer: Sendable {
    /// What a client asks for.
    package enum Command: Sendable {
        /// A statement as plain text.
        case query(String)
        case prepare(String)
        /// Runs the statement that was prepared last.
        case execute
        /// By its number in the protocol.
        case other(UInt8)
    }

    /// What the server does about it.
    package enum Reply: Sendable {
        /// Payloads, each framed and counted from 1 on.
        case packets([[UInt8]])
        /// Bytes as they are; then the server closes its side, so that no client waits for more.
        case raw([UInt8])
        /// Packets, and after them one that comes again and again until the client is gone.
        case endless([[UInt8]], [UInt8])
        /// Packets, and after them one that never ends.
        case endlessPacket([[UInt8]])
        /// One byte of a packet at a time, with so many microseconds between two.
        case trickle([UInt8], pause: UInt32)
        case hangUp
        case silence
    }

    /// How a client is let in.
    package enum Login: Sendable {
        case ok
        /// Asks for other plugins, one after the other; then it is let in.
        case switches([String])
        /// Bytes in place of the greeting.
        case raw([UInt8])
        /// Does whatever it likes with the client: greets it, or not.
        case custom(@Sendable (_ client: WireClient) -> Void)
    }

    /// The port of 127.0.0.1; 0 for a server on a Unix socket.
    package let port: UInt16
    private let listener: SocketListener
    private let taken = Locked<[UInt8]>([])
    private let clients = Locked(0)
    private let sent = Locked(0)

    /// All that clients have sent so far.
    package var received: [UInt8] { taken.withLock { $0 } }
    /// How many clients have come so far.
    package var visits: Int { clients.withLock { $0 } }
    /// How many bytes clients have been sent so far.
    package var sentBytes: Int { sent.withLock { $0 } }

    /// - Parameters:
    ///   - socket: the path of a Unix socket that does not exist yet; nil for a free port of 127.0.0.1.
    ///   - greeting: the first packet's payload.
    ///   - reply: is given each command, and the number of its client, counted from 0.
    package init(
        at socket: String? = nil, greeting: [UInt8] = WirePacket.greeting(), login: Login = .ok,
        reply: @escaping @Sendable (_ command: Command, _ client: Int) -> Reply
    ) throws {
        let descriptor: Int32
        if let socket {
            (descriptor, port) = (try LocalSocket.listen(at: socket), 0)
        } else {
            (descriptor, port) = try LocalSocket.listen()
        }
        listener = SocketListener(descriptor)
        listener.start { [self] descriptor, number in
            defer { close(descriptor) }
            clients.withLock { $0 += 1 }
            let client = WireClient(descriptor, taken: taken, sent: sent)
            guard client.logIn(greeting, login) else { return }
            while let command = client.nextCommand() {
                if case .other(1) = command { return }
                guard client.answer(reply(command, number)) else { return }
            }
        }
    }

    /// A server that opens sessions as a real one does, and answers every statement of a program's own with `reply`.
    ///
    /// - Parameter settings: what the session is told in place of what a real server would say, by its expression:
    ///   `@@max_allowed_packet`.
    package static func withSessions(
        at socket: String? = nil, login: Login = .ok, settings: [String: String] = [:],
        reply: @escaping @Sendable (_ command: Command, _ client: Int) -> Reply
    ) throws -> ScriptedServer {
        try ScriptedServer(at: socket, login: login) { command, client in
            SessionAnswers.reply(to: command, settings) ?? reply(command, client)
        }
    }

    package func stop() { listener.stop() }
}
