import CMariaDB
import FoundationEssentials
import Glibc
import Synchronization

/// Sees every byte that a connection receives before the client library looks at it, and lets nothing pass that is not what was
/// asked for (``WireConversation``) or more than there can be.
///
/// What does not pass is turned into an error packet where it lies, and nothing more is read: the library hears of a
/// connection that has failed, whatever it was about to do.
///
/// Used by the connection's own thread alone, but for ``isAwaiting``, hence unchecked.
final class WireInspector: @unchecked Sendable {
    /// Bytes of one packet at most: a row that is larger is not a catalogue's. Four times what a server sends by default
    /// (`max_allowed_packet`), and far from what a machine has.
    static let largestPacket = 64 << 20

    /// Bytes of a whole answer that is kept in memory, or of the definitions before its rows.
    static let largestAnswer = 4 << 20

    /// Bytes of a greeting and a login.
    static let largestLogin = 1 << 20

    /// Whether the server owes an answer, for other threads to see.
    let isAwaiting = Atomic(false)
    /// Why nothing more is taken; nil where all is well.
    private(set) var fault: WireFault?
    /// The plugin for logging in to which the server has switched last; nil where it has not.
    var plugin: String? { conversation.plugin }
    private let pointer: UnsafeMutablePointer<MYSQL>
    /// Called once, when the first bytes have come.
    private var onFirstBytes: (() -> Void)?
    private var conversation: WireConversation
    private var incoming = WireFrame()
    private var outgoing = WireFrame()
    /// A packet of which some bytes have come in an earlier piece.
    private var partial: [UInt8] = []
    /// The first bytes of the packet that is being sent.
    private var head: [UInt8] = []
    private var allowance = largestLogin
    private var limit = largestLogin

    private static let inspectors = Mutex<[UInt: WireInspector]>([:])

    /// The client library's list of such callbacks is one for all connections and has no lock: it is written to once.
    private static let isRegistered: Bool =
        ma_pvio_register_callback(1) { mode, mysql, buffer, length in
            guard let mysql, let buffer, length > 0, length <= Int.max else { return }
            guard let inspector = inspectors.withLock({ $0[UInt(bitPattern: mysql)] }) else { return }
            let bytes = UnsafeMutableRawBufferPointer(
                start: UnsafeMutableRawPointer(mutating: buffer), count: Int(length))
            if mode == 0 { inspector.received(bytes) } else { inspector.sent(UnsafeRawBufferPointer(bytes)) }
        } == 0

    /// Watches a connection from its first byte on, until ``end()``.
    ///
    /// - Parameter onFirstBytes: called on the connection's thread when the first bytes have come, before the client library looks
    ///   at them.
    init(_ pointer: UnsafeMutablePointer<MYSQL>, requiresTLS: Bool, onFirstBytes: (() -> Void)? = nil) {
        self.pointer = pointer
        self.onFirstBytes = onFirstBytes
        conversation = WireConversation(requiresTLS: requiresTLS)
        _ = Self.isRegistered
        Self.inspectors.withLock { $0[UInt(bitPattern: pointer)] = self }
    }

    /// To be called before the handle is closed: its memory may be another connection's next.
    func end() {
        isAwaiting.store(false, ordering: .relaxed)
        Self.inspectors.withLock { $0[UInt(bitPattern: pointer)] = nil }
    }

    /// Lets the next call of the client library take so many bytes.
    func allow(_ bytes: Int) {
        (allowance, limit) = (bytes, bytes)
    }

    /// Says how many marks the statement has that is prepared next.
    func expect(marks: Int) {
        conversation.marks = marks
    }

    /// Ends the connection where it is: what has not been read of it is never read. The client library keeps its handle.
    func cut() {
        // Where the library has closed it, it may name one that is not ours any more.
        guard pointer.pointee.net.pvio != nil else { return }
        let descriptor = mysql_get_socket(pointer)
        // Shutting it down would leave what has arrived already.
        guard descriptor >= 0, dup2(Self.nothing, descriptor) >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    private static let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)

    // MARK: What comes and goes

    private func sent(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard outgoing.hasHeader else {
                outgoing.take(headerFrom: &rest)
                if outgoing.hasHeader { endSent() }
                continue
            }
            head += rest.prefix(min(32 - head.count, outgoing.left))
            rest = rest.dropFirst(outgoing.take(from: rest.count))
            endSent()
        }
    }

    private func endSent() {
        guard outgoing.left == 0 else { return }
        conversation.sent(outgoing.number, head)
        isAwaiting.store(conversation.isAwaiting, ordering: .relaxed)
        head = []
        outgoing = WireFrame()
    }

    private func received(_ bytes: UnsafeMutableRawBufferPointer) {
        defer { isAwaiting.store(fault == nil && conversation.isAwaiting, ordering: .relaxed) }
        onFirstBytes?()
        onFirstBytes = nil
        // After a fault only what the library had before it is still read by it.
        if fault != nil {
            bytes.initializeMemory(as: UInt8.self, repeating: 0)
            return
        }
        allowance -= bytes.count
        var position = 0
        // Where the current packet's first byte lies in this piece; nil for a packet that has begun in an earlier one.
        var start: Int?
        do throws(WireFault) {
            while position < bytes.count {
                guard incoming.hasHeader else {
                    var rest = UnsafeRawBufferPointer(bytes)[position...]
                    incoming.take(headerFrom: &rest)
                    position = bytes.count - rest.count
                    if incoming.hasHeader {
                        start = partial.isEmpty ? position : nil
                        try checkSize()
                        if incoming.left == 0 { try endReceived(nil) }
                    }
                    continue
                }
                let count = incoming.take(from: bytes.count - position)
                let piece = UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
                position += count
                if incoming.left > 0 || incoming.isContinued || !partial.isEmpty {
                    partial += piece
                    if incoming.left == 0 { try endReceived(nil) }
                } else {
                    try endReceived(piece)
                }
            }
            if allowance < 0 {
                fault = .tooMuch(limit: limit)
                cut()
            }
        } catch {
            fault = error
            refuse(bytes, start, from: position)
        }
    }

    private func checkSize() throws(WireFault) {
        let limit = conversation.isRowNext ? Self.largestPacket : WireConversation.longestStatus
        guard partial.count + incoming.left <= limit else {
            throw conversation.isRowNext ? .tooLarge(limit: limit) : .malformed("an answer that does not end")
        }
    }

    /// - Parameter whole: the packet where it lies in one piece; nil for one that has been gathered.
    private func endReceived(_ whole: UnsafeRawBufferPointer?) throws(WireFault) {
        let isContinued = incoming.isContinued
        incoming = WireFrame()
        if isContinued { return }
        if let whole { return try conversation.received(whole) }
        let packet = partial
        partial = []
        var fault: WireFault?
        packet.withUnsafeBytes { bytes in
            do throws(WireFault) { try conversation.received(bytes) } catch { fault = error }
        }
        if let fault { throw fault }
    }

    /// Makes an error of the packet that is wrong, and nothing of whatever is behind it.
    ///
    /// - Parameters:
    ///   - start: where the packet's first byte is among `bytes`; nil where the library has it already.
    ///   - position: the first byte behind what has been looked at.
    private func refuse(_ bytes: UnsafeMutableRawBufferPointer, _ start: Int?, from position: Int) {
        cut()
        if let start, start < bytes.count {
            bytes[start] = 0xFF
        } else if start == nil, let buffer = pointer.pointee.net.buff {
            buffer[0] = 0xFF
        }
        let rest = max(position, (start ?? 0) + 1)
        if rest < bytes.count {
            UnsafeMutableRawBufferPointer(rebasing: bytes[rest...]).initializeMemory(as: UInt8.self, repeating: 0)
        }
    }
}
