import Testing

@testable import pnbook_bench

/// The benchmark's count of round trips, on bytes as the protocol has them.
@Suite("Counting round trips")
struct ConversationTests {
    private static func packet(_ payload: [UInt8], sequence: UInt8 = 0) -> [UInt8] {
        (0..<3).map { UInt8(payload.count >> (8 * $0) & 0xFF) } + [sequence] + payload
    }

    private static func query(_ sql: String) -> [UInt8] { packet([0x03] + Array(sql.utf8)) }

    private static func prepare(_ sql: String) -> [UInt8] { packet([0x16] + Array(sql.utf8)) }

    /// Execution (0x17), batch (0xFA) or end (0x19) of a statement.
    private static func statement(_ command: UInt8, _ number: UInt32, size: Int = 5) -> [UInt8] {
        let bytes = (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) }
        return packet([command] + bytes + Array(repeating: 0, count: size - 5))
    }

    private static func prepared(_ number: UInt8) -> [UInt8] {
        packet([0, number] + Array(repeating: 0, count: 10), sequence: 1)
    }

    private static let ok = packet([0, 0, 0, 2, 0, 0, 0], sequence: 1)

    /// A client that has been let in.
    private static func connected() -> Conversation {
        var conversation = Conversation()
        conversation.receive(packet([10, 0x31, 0]))
        conversation.send(packet([1, 2, 3], sequence: 1))
        conversation.receive(packet([0, 0, 0, 2, 0, 0, 0], sequence: 2))
        return conversation
    }

    private static func texts(_ conversation: Conversation) -> [[String]] {
        conversation.trips.dropFirst(2).map { $0.commands.map(\.text) }
    }

    @Test("Greeting and password are a trip each, and an answer in many pieces is one")
    func connecting() {
        var conversation = Self.connected()
        #expect(conversation.trips.map { $0.commands.count } == [1, 1])
        conversation.send(Self.query("SELECT  1\n  FROM t"))
        for _ in 0..<5 { conversation.receive([1, 2, 3]) }
        #expect(Self.texts(conversation) == [["SELECT 1 FROM t"]])
    }

    @Test("What needs no answer is no trip, and rides along with the next command")
    func unanswered() {
        var conversation = Self.connected()
        conversation.send(Self.statement(0x19, 7) + Self.query("COMMIT"))
        conversation.receive(Self.ok)
        conversation.send(Self.statement(0x19, 8))
        conversation.send(Self.packet([0x01]))
        #expect(Self.texts(conversation) == [["COMMIT"]])
    }

    @Test("Preparing and executing are two trips of the same statement, by the number that the server gave it")
    func preparing() {
        var conversation = Self.connected()
        conversation.send(Self.prepare("INSERT INTO t VALUES (?)"))
        // The number comes in two pieces.
        conversation.receive(Self.prepared(3).prefix(6))
        conversation.receive(Self.prepared(3).dropFirst(6))
        for command: UInt8 in [0x17, 0xFA] {
            conversation.send(Self.statement(command, 3))
            conversation.receive(Self.ok)
        }
        #expect(Self.texts(conversation) == Array(repeating: ["INSERT INTO t VALUES (?)"], count: 3))
        #expect(conversation.trips.map(\.isBatch) == [false, false, false, false, true])
    }

    @Test("Commands sent without waiting are one trip, also a statement executed before its number is known")
    func together() {
        var conversation = Self.connected()
        conversation.send(Self.prepare("SELECT ?") + Self.statement(0x17, .max))
        conversation.receive(Self.prepared(1) + Self.ok)
        #expect(Self.texts(conversation) == [["SELECT ?", "SELECT ?"]])
        let tally = RoundTripTally([conversation])
        #expect(tally.trips == 3)
        #expect(tally.statements["SELECT ?"]?.trips == 1)
        #expect(tally.preparations == 1)
    }

    @Test("A command in pieces, and one of several packets, count once")
    func large() {
        var conversation = Self.connected()
        let batch = Self.statement(0xFA, 9, size: 70_000)
        for start in stride(from: 0, to: batch.count, by: 1000) {
            conversation.send(batch[start..<min(batch.count, start + 1000)])
        }
        conversation.send(Self.packet([0x03, 0x41], sequence: 1))
        conversation.receive(Self.ok)
        #expect(conversation.trips.count == 3)
        let tally = RoundTripTally([conversation])
        #expect(tally.batches == 1)
        #expect(tally.largestBatch == 70_000)
    }
}
