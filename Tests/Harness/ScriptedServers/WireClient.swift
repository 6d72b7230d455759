import Foundation

/// One client of a ``ScriptedServer``, on its own thread.
package final class WireClient: Sendable {
    private let descriptor: Int32
    private let buffer = Locked<[UInt8]>([])
    private let taken: Locked<[UInt8]>
    private let sent: Locked<Int>

    init(_ descriptor: Int32, taken: Locked<[UInt8]>, sent: Locked<Int>) {
        self.descriptor = descriptor
        self.taken = taken
        self.sent = sent
    }

    /// Sends bytes as they are.
    ///
    /// - Returns: false where the client is gone.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        guard LocalSocket.send(bytes, to: descriptor) else { return false }
        sent.withLock { $0 += bytes.count }
        return true
    }

    /// Sends a packet.
    ///
    /// - Returns: false where the client is gone.
    @discardableResult
    package func send(_ payload: [UInt8], number: UInt8) -> Bool {
        send(WirePacket.framed(payload, number: number))
    }

    /// The payload of the client's next packet; nil where it is gone.
    package func packet() -> [UInt8]? {
        guard let header = take(4) else { return nil }
        return take(Int(header[0]) | Int(header[1]) << 8 | Int(header[2]) << 16)
    }

    /// What the client has sent, as it comes; nil where it is gone.
    package func bytes() -> [UInt8]? {
        let waiting = buffer.withLock { buffer in
            defer { buffer = [] }
            return buffer
        }
        if !waiting.isEmpty { return waiting }
        guard let bytes = LocalSocket.receive(from: descriptor) else { return nil }
        taken.withLock { $0 += bytes }
        return bytes
    }

    private func take(_ count: Int) -> [UInt8]? {
        while buffer.withLock({ $0.count < count }) {
            guard let bytes = LocalSocket.receive(from: descriptor) else { return nil }
            buffer.withLock { $0 += bytes }
            taken.withLock { $0 += bytes }
        }
        return buffer.withLock { buffer in
            defer { buffer.removeFirst(count) }
            return Array(buffer[..<count])
        }
    }

    /// Closes the connection for both sides; what has been sent still arrives.
    package func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    // MARK: A session

    func logIn(_ greeting: [UInt8], _ login: ScriptedServer.Login) -> Bool {
        switch login {
        case .raw(let bytes):
            send(bytes)
            return false
        case .custom(let body):
            body(self)
            return false
        case .ok, .switches: break
        }
        guard send(greeting, number: 0), packet() != nil else { return false }
        var number: UInt8 = 2
        if case .switches(let plugins) = login {
            for plugin in plugins {
                guard send(WirePacket.authSwitch(to: plugin), number: number), packet() != nil else { return false }
                number &+= 2
            }
        }
        return send(WirePacket.ok(), number: number)
    }

    func nextCommand() -> ScriptedServer.Command? {
        while let payload = packet() {
            let text = String(decoding: payload.dropFirst(), as: UTF8.self)
            switch payload.first {
            case 3: return .query(text)
            case 0x16: return .prepare(text)
            case 0x17: return .execute
            // A statement is closed, which is not answered; and long data, which is not either.
            case 0x19, 0x18, nil: continue
            case let command?: return .other(command)
            }
        }
        return nil
    }

    /// - Returns: whether the session goes on.
    func answer(_ reply: ScriptedServer.Reply) -> Bool {
        switch reply {
        case .packets(let payloads): return send(all: payloads)
        case .raw(let bytes):
            send(bytes)
            shutdown(descriptor, Int32(SHUT_WR))
            while LocalSocket.receive(from: descriptor) != nil {}
            return false
        case .endless(let first, let again):
            guard send(all: first) else { return false }
            // Many at a time: one by one would be slower than the client.
            let many = Array(
                repeating: WirePacket.framed(again, number: UInt8(truncatingIfNeeded: first.count + 1)), count: 64)
            let bytes = Array(many.joined())
            while send(bytes) {}
            return false
        case .endlessPacket(let first):
            guard send(all: first) else { return false }
            let piece = [0xFF, 0xFF, 0xFF, 1] + [UInt8](repeating: 0x41, count: 0xFF_FFFF)
            while send(piece) {}
            return false
        case .trickle(let payload, let pause):
            for byte in WirePacket.framed(payload, number: 1) {
                guard send([byte]) else { return false }
                usleep(pause)
            }
            return true
        case .hangUp: return false
        case .silence:
            while LocalSocket.receive(from: descriptor) != nil {}
            return false
        }
    }

    private func send(all payloads: [[UInt8]]) -> Bool {
        var bytes: [UInt8] = []
        for (index, payload) in payloads.enumerated() {
            bytes += WirePacket.framed(payload, number: UInt8(truncatingIfNeeded: index + 1))
        }
        return send(bytes)
    }
}
