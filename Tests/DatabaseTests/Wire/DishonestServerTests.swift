import Database
import DatabaseMariaDB
import ErrorModel
import Harness
import TestSupport
import Testing

/// A server that lies about what it sends: an error, never a trap, and nothing that lies beyond the packet.
@Suite("Dishonest servers")
struct DishonestServerTests {
    /// One result of three columns, and what is wrong with it.
    struct Lie: Sendable, CustomTestStringConvertible {
        let name: String
        let result: ScriptedResult

        var testDescription: String { name }
    }

    private static let text = WirePacket.ColumnType.varString.rawValue

    /// A result of one column.
    private static func one(_ name: String, _ type: WirePacket.ColumnType, _ value: [UInt8]) -> Lie {
        Lie(
            name: name,
            result: ScriptedResult(
                columns: [WirePacket.column(type: type.rawValue)], rows: [WirePacket.binaryRow(value, columns: 1)]))
    }

    private static let all: [Lie] =
        [
            one("a length of 2^63", .varString, [0xFE] + WirePacket.bytes(of: UInt64(1) << 63) + [1, 2, 3]),
            one("a length of 2^64-1", .blob, [0xFE] + WirePacket.bytes(of: UInt64.max) + [1, 2, 3]),
            one("a length of 16 MiB", .blob, [0xFD, 0xFF, 0xFF, 0xFF, 1, 2, 3]),
            one("a length of 64 KiB", .string, [0xFC, 0xFF, 0xFF, 1]),
            one("a length of one too many", .varString, [4, 1, 2, 3]),
            one("a length that is cut short", .varString, [0xFC, 1]),
            one("NULL among the values", .varString, [0xFB]),
            one("a length that begins with 255", .varString, [0xFF, 1]),
            one("a number that is cut short", .longLong, [1, 2, 3]),
            one("a number that is not there", .longLong, []),
            one("a fraction that is cut short", .double, [1]),
            one("a bit field longer than the packet", .bit, [0xFC, 0x2C, 1, 0xFF]),
            one("a decimal longer than the packet", .newDecimal, [0xFC, 0, 1, 0x31]),
            one("an instant of eleven times 255", .dateTime, [11] + [UInt8](repeating: 0xFF, count: 11)),
            one("an instant of 200 bytes", .timestamp, [200] + [UInt8](repeating: 1, count: 200)),
            one("a day that is cut short", .date, [4, 1]),
            one("a time of twelve times 255", .time, [12] + [UInt8](repeating: 0xFF, count: 12)),
            one("one value too many", .tiny, [1, 2]),
            Lie(
                name: "a row of one byte",
                result: ScriptedResult(columns: Array(repeating: WirePacket.column(), count: 3), rows: [[0]])),
            Lie(
                name: "a row of a row's first byte and NULLs that are cut short",
                result: ScriptedResult(columns: Array(repeating: WirePacket.column(), count: 300), rows: [[0, 0xFF]])),
            Lie(
                name: "a row that begins as none",
                result: ScriptedResult(columns: [WirePacket.column()], rows: [[7, 0, 1, 1]])),
            Lie(name: "an empty packet for a row", result: ScriptedResult(columns: [WirePacket.column()], rows: [[]])),
            Lie(
                name: "a column of an unknown type",
                result: ScriptedResult(columns: [WirePacket.column(type: 77)], rows: [])),
            Lie(
                name: "a column that is cut short",
                result: ScriptedResult(columns: [Array(WirePacket.column().dropLast(9))], rows: [])),
            Lie(name: "a column of one byte", result: ScriptedResult(columns: [[3]], rows: [])),
            Lie(
                name: "a column whose name is NULL",
                result: ScriptedResult(
                    columns: [[0xFB, 0xFB, 0xFB, 0xFB, 0xFB, 0xFB, 12] + [UInt8](repeating: 0, count: 12)], rows: [])),
        ]

    @Test("A result that lies about itself is what the server sends that MariaDB does not", arguments: all)
    func refused(lie: Lie) throws {
        let server = try ScriptedServer.withSessions { command, _ in lie.result.reply(to: command) }
        defer { server.stop() }
        let connection = try MariaDBConnection(ScriptedSession.options(server))
        let error = #expect(throws: DatabaseError.self) {
            try ScriptedSession.read(connection, columns: lie.result.columns.count)
        }
        #expect(error?.kind == .unsupportedServer, "\(String(describing: error))")
        #expect(
            error?.message.hasPrefix("the server's answer is not what MariaDB sends: ") == true,
            "\(error?.message ?? "")")
    }

    @Test(
        "A lie in a packet of any size is found, wherever the pieces of it are cut",
        arguments: [0, 1, 8000, 16_380, 16_390, 70_000, 200_000])
    func places(padding: Int) throws {
        let honest = WirePacket.binaryRow(
            WirePacket.text(String(repeating: "x", count: padding)) + [1, 0x41], columns: 2)
        let lie = WirePacket.binaryRow(
            WirePacket.text(String(repeating: "x", count: padding)) + [0xFC, 0xFF, 0xFF], columns: 2)
        let result = ScriptedResult(
            columns: [WirePacket.column(), WirePacket.column()], rows: [honest, honest, lie, honest])
        let server = try ScriptedServer.withSessions { command, _ in result.reply(to: command) }
        defer { server.stop() }
        let connection = try MariaDBConnection(ScriptedSession.options(server))
        let error = #expect(throws: DatabaseError.self) { try ScriptedSession.read(connection, columns: 2) }
        #expect(error?.kind == .unsupportedServer, "\(String(describing: error))")
        let honestResult = ScriptedResult(columns: result.columns, rows: [honest, honest, honest])
        let other = try ScriptedServer.withSessions { command, _ in honestResult.reply(to: command) }
        defer { other.stop() }
        #expect(try ScriptedSession.read(MariaDBConnection(ScriptedSession.options(other)), columns: 2) == 3)
    }

    @Test("Fewer columns than were asked for are an error, more are none")
    func columns() throws {
        let result = ScriptedResult(
            columns: [WirePacket.column()], rows: [WirePacket.binaryRow([1, 0x41], columns: 1)])
        let server = try ScriptedServer.withSessions { command, _ in result.reply(to: command) }
        defer { server.stop() }
        let connection = try MariaDBConnection(ScriptedSession.options(server))
        let error = #expect(throws: DatabaseError.self) { try ScriptedSession.read(connection, columns: 3) }
        #expect(error?.message.hasSuffix("fewer columns than were asked for") == true, "\(error?.message ?? "")")
        #expect(try ScriptedSession.read(connection, columns: 0) == 1)
    }

    @Test(
        "Numbers at the ends of what 64 bits hold are numbers",
        arguments: [(UInt64.max, false), (UInt64(1) << 63, true), (UInt64(Int64.max), true), (0, true)])
    func numbers(number: UInt64, isSigned: Bool) throws {
        let server = try ScriptedServer.withSessions { _, _ in
            .packets([WirePacket.ok(affectedRows: number, insertID: number, warnings: 0xFFFF)])
        }
        defer { server.stop() }
        let connection = try MariaDBConnection(ScriptedSession.options(server))
        try connection.execute("INSERT INTO lot VALUES (1)")
        #expect(connection.lastInsertedID == Int64(clamping: number))
        let result = ScriptedResult(
            columns: [
                WirePacket.column(
                    type: WirePacket.ColumnType.longLong.rawValue, displayLength: 20, flags: isSigned ? 0 : 32)
            ],
            rows: [WirePacket.binaryRow(WirePacket.bytes(of: number), columns: 1)])
        let other = try ScriptedServer.withSessions { command, _ in result.reply(to: command) }
        defer { other.stop() }
        #expect(try ScriptedSession.read(MariaDBConnection(ScriptedSession.options(other)), columns: 1) == 1)
    }

    @Test(
        "A value of max_allowed_packet that no server has is refused",
        arguments: ["0", "-1", "1023", "9223372036854775807", "9223372036854775808", "1e9", "", "many"])
    func packets(value: String) throws {
        let server = try ScriptedServer.withSessions(settings: ["@@max_allowed_packet": value]) { _, _ in .hangUp }
        defer { server.stop() }
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(ScriptedSession.options(server)) }
        #expect(error?.kind == .unsupportedServer, "\(String(describing: error))")
    }

    @Test(
        "An answer of another kind than was asked for is refused",
        arguments: [
            [WirePacket.ok(status: 0x0A)], [WirePacket.ok(status: 0x42)], [[0xFB] + Array("/etc/passwd".utf8)],
            [[0xFC, 0xFF, 0xFF]], [[0xFE] + WirePacket.bytes(of: UInt64.max)], [[0, 0xFE, 1]], [[0]], [[]],
            [[1], WirePacket.column(), WirePacket.column()],
            [[1], WirePacket.column(), WirePacket.end, [0xFC, 0xFF, 0xFF, 1], WirePacket.end],
            [[2, 9]],
        ] as [[[UInt8]]])
    func queries(packets: [[UInt8]]) throws {
        let server = try ScriptedServer.withSessions { _, _ in .packets(packets) }
        defer { server.stop() }
        let connection = try MariaDBConnection(ScriptedSession.options(server))
        let error = #expect(throws: DatabaseError.self) { try connection.execute("DO 1") }
        #expect(error?.kind == .unsupportedServer, "\(String(describing: error))")
    }

    @Test(
        "A greeting that is none is refused, and nothing is sent",
        arguments: [
            WirePacket.framed([10], number: 0), WirePacket.framed([9, 0], number: 0),
            WirePacket.framed([10] + Array("x".utf8), number: 0),
            WirePacket.framed(Array(WirePacket.greeting().prefix(30)), number: 0),
            Array("SSH-2.0-OpenSSH_9.2p1\r\n".utf8), Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8),
            [0xFF, 0xFF, 0xFF, 0] + [UInt8](repeating: 0x41, count: 1 << 20),
        ])
    func greetings(bytes: [UInt8]) throws {
        let server = try ScriptedServer(login: .raw(bytes)) { _, _ in .hangUp }
        defer { server.stop() }
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(ScriptedSession.options(server)) }
        #expect([.unsupportedServer, .unreachable].contains(error?.kind), "\(String(describing: error))")
        #expect(server.received.isEmpty)
    }
}
