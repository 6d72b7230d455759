/// What is said on one connection, followed from packet to packet: each packet of the server is checked against what was asked,
/// before the client library reads it.
///
/// The library trusts lengths, types and counts, and reads on in memory that is not its own where a server lies about them.
struct WireConversation {
    private enum Phase {
        case greeting
        case login
        case commands
    }

    /// What a command is answered with.
    enum Answer {
        case status
        case rowsOfQuery
        case preparation
        case execution(statement: UInt32)
    }

    enum Step {
        case idle
        case first(Answer)
        case definitions(left: Int, Definitions)
        case rowsAsText(columns: Int)
        case rows([WireColumn])
    }

    /// Whose definitions are coming.
    enum Definitions {
        case parameters(columns: Int)
        case prepared
        case query(columns: Int)
        case executed
    }

    /// Whether the server's greeting must offer TLS.
    let requiresTLS: Bool
    /// The plugin for logging in to which the server has switched last; nil where it has not.
    private(set) var plugin: String?
    private var phase = Phase.greeting
    var step = Step.idle
    private var expected: [Answer] = []
    var tracksSession = false
    var hasExtendedMetadata = false
    var mayOmitMetadata = false
    var columns: [WireColumn] = []
    /// The columns of prepared statements, by the server's numbers.
    var prepared: [UInt32: [WireColumn]] = [:]
    var lastPrepared: UInt32 = 0
    /// Marks of the statement that is being prepared: for so many the client library has memory, and it believes the server
    /// about their number.
    var marks = 0

    init(requiresTLS: Bool) {
        self.requiresTLS = requiresTLS
    }

    /// Bytes of a packet that is neither a row nor part of a login, at most: a definition has seven names.
    static let longestStatus = 1 << 16

    /// Whether the packet that comes next may be as large as a row.
    var isRowNext: Bool {
        switch step {
        case .rows, .rowsAsText: true
        case .idle, .first, .definitions: false
        }
    }

    /// Whether the server owes an answer.
    var isAwaiting: Bool {
        if case .idle = step { false } else { true }
    }

    // MARK: The client

    /// Follows a packet of the client.
    ///
    /// - Parameters:
    ///   - number: the packet's own; 0 for the first of a command.
    ///   - head: its first bytes, 32 where it has as many.
    mutating func sent(_ number: UInt8, _ head: [UInt8]) {
        guard phase == .commands else {
            if head.count >= 32, phase == .login { noteCapabilities(head) }
            return
        }
        guard number == 0, let command = head.first else { return }
        let statement = head.dropFirst().prefix(4).enumerated().reduce(UInt32(0)) { $0 | UInt32($1.1) << (8 * $1.0) }
        switch command {
        case 0x01, 0x18: return
        case 0x19:
            prepared[statement] = nil
            return
        case 0x03: expected.append(.rowsOfQuery)
        case 0x16: expected.append(.preparation)
        case 0x17, 0xFA: expected.append(.execution(statement: statement))
        default: expected.append(.status)
        }
        if case .idle = step { begin() }
    }

    /// What both sides can do: the client sends of a server's extensions those that it knows as well.
    private mutating func noteCapabilities(_ head: [UInt8]) {
        // EXTENDED_METADATA, CACHE_METADATA.
        hasExtendedMetadata = head[28] & 0x08 != 0
        mayOmitMetadata = head[28] & 0x10 != 0
    }

    mutating func begin() {
        step = expected.isEmpty ? .idle : .first(expected.removeFirst())
    }

    // MARK: The server

    /// Checks a packet of the server, whole.
    mutating func received(_ packet: UnsafeRawBufferPointer) throws(WireFault) {
        guard let first = packet.first else {
            if phase == .commands { throw WireFault.malformed("an empty packet") }
            return
        }
        switch phase {
        case .greeting: try checkGreeting(packet, first)
        case .login: try checkLogin(packet, first)
        case .commands:
            // An error ends whatever is coming; progress of a long statement ends nothing.
            if first == 0xFF {
                if packet.count > 2, packet[1] == 0xFF, packet[2] == 0xFF { return }
                if case .idle = step { throw WireFault.malformed("an answer to nothing that was asked") }
                return begin()
            }
            try checkAnswer(packet, first)
        }
    }

    private mutating func checkGreeting(_ packet: UnsafeRawBufferPointer, _ first: UInt8) throws(WireFault) {
        // An error: too many connections, or a host that is not let in.
        if first == 0xFF { return }
        var reader = WireReader(packet)
        guard try reader.byte() == 10, try reader.terminated() < 256 else {
            throw WireFault.malformed("a greeting of another protocol")
        }
        try reader.skip(4 + 8 + 1)
        let capabilities = try reader.number(2)
        try reader.skip(1 + 2)
        let more = try reader.number(2)
        // The salt's length and ten bytes, then its second part.
        try reader.skip(1 + 10 + 13)
        if more & 0x08 != 0 { _ = try reader.terminated() }
        tracksSession = more & 0x80 != 0
        if requiresTLS, capabilities & 0x0800 == 0 { throw WireFault.noTLS }
        phase = .login
    }

    private mutating func checkLogin(_ packet: UnsafeRawBufferPointer, _ first: UInt8) throws(WireFault) {
        var reader = WireReader(packet)
        switch first {
        case 0:
            try checkOK(&reader)
            phase = .commands
        case 0xFE where packet.count > 1:
            try reader.skip(1)
            let length = try reader.terminated()
            if length > 64 { throw WireFault.malformed("a login plugin with an endless name") }
            plugin = String(decoding: packet[1..<(1 + length)], as: UTF8.self)
        // The rest is between the server and a plugin.
        default: return
        }
    }

    private mutating func checkAnswer(_ packet: UnsafeRawBufferPointer, _ first: UInt8) throws(WireFault) {
        var reader = WireReader(packet)
        switch step {
        case .idle: throw WireFault.malformed("an answer to nothing that was asked")
        case .first(.status):
            if first == 0 { try checkOK(&reader) } else { try checkEnd(packet) }
            begin()
        case .first(.preparation): try checkPreparation(&reader)
        case .first(.rowsOfQuery): try checkHead(&reader, first, statement: nil)
        case .first(.execution(let statement)): try checkHead(&reader, first, statement: statement)
        case .definitions(let left, let whose):
            if left > 0 {
                columns.append(try checkDefinition(&reader))
                step = .definitions(left: left - 1, whose)
            } else {
                try checkEnd(packet)
                try endDefinitions(of: whose)
            }
        case .rowsAsText(let count):
            if first == 0xFE, packet.count < 9 {
                try checkEnd(packet)
                return begin()
            }
            for _ in 0..<count {
                guard let length = try reader.length() else { continue }
                guard length <= UInt64(reader.rest) else { throw WireFault.malformed("a row that ends within a value") }
                try reader.skip(Int(length))
            }
            if !reader.isAtEnd { throw WireFault.malformed("a row with more values than columns") }
        case .rows(let columns):
            if first == 0xFE, packet.count < 9 {
                try checkEnd(packet)
                return begin()
            }
            try Self.checkRow(packet, columns)
        }
    }

    private static func checkRow(_ packet: UnsafeRawBufferPointer, _ columns: [WireColumn]) throws(WireFault) {
        var reader = WireReader(packet)
        guard try reader.byte() == 0 else { throw WireFault.malformed("a row that does not begin as one") }
        try reader.skip((columns.count + 9) / 8)
        for index in 0..<columns.count {
            // Whether the value is NULL; the first two bits are of no use.
            if packet[1 + (index + 2) / 8] & (1 << UInt8((index + 2) % 8)) != 0 { continue }
            try columns[index].skip(&reader)
        }
        if !reader.isAtEnd { throw WireFault.malformed("a row with more values than columns") }
    }
}
