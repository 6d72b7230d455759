/// What passes between one client and a MariaDB server, counted by round trips.
///
/// A round trip is one wait: all that the client sends before it waits, and all that the server answers, however much it
/// is. The greeting is the first; a network's own handshake comes on top.
struct Conversation {
    /// One wait of the client for the commands that it has sent.
    struct Trip {
        let commands: [WireCommand]
        /// From the last byte that was sent until the first of the answer.
        let waited: Duration

        /// Whether it carries rows by array binding.
        var isBatch: Bool { commands.contains { $0.kind == .batch } }
    }

    private(set) var trips: [Trip] = []
    private var pending: [WireCommand] = [.greeting]
    private var sentAt: ContinuousClock.Instant
    private var isLetIn = false

    /// The texts of prepared statements by the server's numbers.
    private var statements: [UInt32: String] = [:]
    /// The text whose number the server is about to say, and what it has said of it so far.
    private var preparing: String?
    private var answer: [UInt8] = []

    /// The packet that is passing: its header while that is incomplete, then the beginning of its payload.
    private var header: [UInt8] = []
    private var payload: [UInt8] = []
    private var rest = 0

    private static let headerSize = 4
    /// More of a command is not looked at.
    private static let textLimit = 4096
    /// In place of a number: the statement that was prepared last.
    private static let lastPrepared = UInt32.max

    init(openedAt instant: ContinuousClock.Instant = .now) {
        sentAt = instant
    }

    /// Takes what the client has sent.
    mutating func send(_ bytes: some Collection<UInt8>, at instant: ContinuousClock.Instant = .now) {
        sentAt = instant
        var bytes = bytes[...]
        while !bytes.isEmpty {
            if header.count < Self.headerSize {
                header.append(bytes.removeFirst())
                guard header.count == Self.headerSize else { continue }
                rest = Self.number(header[..<3])
                payload = []
            }
            let part = bytes.prefix(rest)
            payload += part.prefix(max(0, Self.textLimit - payload.count))
            rest -= part.count
            bytes = bytes.dropFirst(part.count)
            if rest == 0 { endPacket() }
        }
    }

    /// Takes what the server has sent.
    mutating func receive(_ bytes: some Collection<UInt8>, at instant: ContinuousClock.Instant = .now) {
        if !pending.isEmpty {
            trips.append(Trip(commands: pending, waited: instant - sentAt))
            pending = []
            answer = []
        }
        guard let text = preparing else { return }
        // Header, status, number.
        answer += bytes.prefix(max(0, Self.headerSize + 5 - answer.count))
        guard answer.count == Self.headerSize + 5 else { return }
        preparing = nil
        if answer[Self.headerSize] == 0 { statements[UInt32(Self.number(answer[5...]))] = text }
    }

    private mutating func endPacket() {
        let (size, sequence) = (Self.number(header[..<3]), header[3])
        header = []
        if sequence == 0 { isLetIn = true }
        if !isLetIn { return pending.append(.authentication(size: size)) }
        // A command longer than a packet goes on in further ones.
        guard sequence == 0, let first = payload.first else { return }
        let kind = WireCommand.Kind(rawValue: first)
        let command = WireCommand(kind: kind, text: text(of: kind), size: size)
        if kind == .prepare { preparing = command.text }
        if kind?.isAnswered ?? true { pending.append(command) }
    }

    private func text(of kind: WireCommand.Kind?) -> String {
        guard let kind else { return "(command \(payload[0]))" }
        if kind.hasText {
            return String(decoding: payload.dropFirst(), as: UTF8.self).split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
        }
        guard kind.hasStatement, payload.count >= 5 else { return "(\(kind))" }
        let number = UInt32(Self.number(payload[1..<5]))
        let prepared = number == Self.lastPrepared ? preparing : statements[number]
        return prepared ?? "(\(kind) of a statement that was not seen)"
    }

    /// A number in the protocol's order: the lowest byte first.
    private static func number(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
