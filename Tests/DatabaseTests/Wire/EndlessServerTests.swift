import Database
import DatabaseMariaDB
import Foundation
import Harness
import Testing

/// A server that does not come to an end: it is left, after so many bytes or so long.
@Suite("Servers without an end")
struct EndlessServerTests {
    private struct Stopped: Error {}

    private static func open(_ reply: @escaping @Sendable (ScriptedServer.Command, Int) -> ScriptedServer.Reply) throws
        -> (
            ScriptedServer, MariaDBConnection
        )
    {
        let server = try ScriptedServer.withSessions(reply: reply)
        return (server, try MariaDBConnection(ScriptedSession.options(server)))
    }

    /// Bytes that may be on the way when a connection is cut.
    private static let onTheWay = 16 << 20

    @Test("A packet that never ends is not read on")
    func packet() throws {
        let (server, connection) = try Self.open { _, _ in .endlessPacket([]) }
        defer { server.stop() }
        #expect(throws: DatabaseError.self) { try ScriptedSession.read(connection, columns: 1) }
        #expect(throws: DatabaseError.self) { try connection.execute("DO 1") }
        #expect(server.sentBytes < Self.onTheWay, "\(server.sentBytes)")
    }

    @Test("A row that never ends is read up to the largest there is")
    func row() throws {
        let result = ScriptedResult(columns: [WirePacket.column()], rows: [])
        let (server, connection) = try Self.open { command, _ in
            if case .execute = command { .endlessPacket(result.head) } else { result.reply(to: command) }
        }
        defer { server.stop() }
        let error = #expect(throws: DatabaseError.self) { try ScriptedSession.read(connection, columns: 1) }
        #expect(error?.kind == .dataTooLong, "\(String(describing: error))")
        #expect(server.sentBytes < (64 << 20) + 4 * Self.onTheWay, "\(server.sentBytes)")
    }

    @Test("Columns that never end, of a query and of a statement")
    func columns() throws {
        let (server, connection) = try Self.open { command, _ in
            switch command {
            case .query: .endless([[1]], WirePacket.column())
            default: .endless([WirePacket.prepared(columns: 1, parameters: 0)], WirePacket.column())
            }
        }
        defer { server.stop() }
        #expect(throws: DatabaseError.self) { try connection.execute("DO 1") }
        let other = try MariaDBConnection(ScriptedSession.options(server))
        #expect(throws: DatabaseError.self) { try ScriptedSession.read(other, columns: 1) }
        #expect(server.sentBytes < 2 * Self.onTheWay, "\(server.sentBytes)")
    }

    @Test("Rows that never end: of a result that is kept, of one that is dropped, and of one that is given up")
    func rows() throws {
        let result = ScriptedResult(columns: [WirePacket.column()], rows: [])
        let row = WirePacket.binaryRow(WirePacket.text(String(repeating: "x", count: 4000)), columns: 1)
        let reply = { @Sendable (command: ScriptedServer.Command, _: Int) -> ScriptedServer.Reply in
            switch command {
            case .query: .endless([[1], WirePacket.column(), WirePacket.end], WirePacket.textRow(["1"]))
            case .execute: .endless(result.head, row)
            default: result.reply(to: command)
            }
        }
        let (server, first) = try Self.open(reply)
        defer { server.stop() }
        #expect(throws: DatabaseError.self) { try first.execute("SELECT 1") }
        let kept = try MariaDBConnection(ScriptedSession.options(server))
        let error = #expect(throws: DatabaseError.self) { try kept.rows("SELECT a FROM lot") { $0.text(0) } }
        #expect(error?.kind == .unsupportedServer, "\(String(describing: error))")
        let givenUp = try MariaDBConnection(ScriptedSession.options(server))
        #expect(throws: Stopped.self) { try givenUp.forEachRow("SELECT a FROM lot") { _ in throw Stopped() } }
        #expect(throws: DatabaseError.self) { try givenUp.execute("DO 1") }
    }

    @Test(
        "Logins that never end are left in time: greetings byte by byte, and plugin after plugin",
        arguments: [true, false])
    func logins(isGreeting: Bool) throws {
        let server = try ScriptedServer(
            login: .custom { client in
                guard isGreeting else {
                    client.send(WirePacket.greeting(), number: 0)
                    var number: UInt8 = 2
                    while client.packet() != nil {
                        guard client.send(WirePacket.authSwitch(to: "mysql_native_password"), number: number) else {
                            return
                        }
                        number &+= 2
                    }
                    return
                }
                for byte in WirePacket.framed(WirePacket.greeting(), number: 0) {
                    guard client.send([byte]) else { return }
                    usleep(300_000)
                }
            }
        ) { _, _ in .hangUp }
        defer { server.stop() }
        var options = ScriptedSession.options(server)
        options.connectTimeout = 1
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
        #expect([.unreachable, .unsupportedServer].contains(error?.kind), "\(String(describing: error))")
    }

    @Test("Statements that open a session and are answered byte by byte are left in time")
    func session() throws {
        let server = try ScriptedServer { _, _ in
            .trickle(WirePacket.ok(info: [UInt8](repeating: 0x41, count: 200)), pause: 300_000)
        }
        defer { server.stop() }
        var options = ScriptedSession.options(server)
        options.connectTimeout = 1
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
        #expect(error?.kind == .unreachable, "\(String(describing: error))")
    }

    @Test("A run that is to end does not wait for a silent server")
    func cancelled() throws {
        let server = try ScriptedServer(login: .custom { client in _ = client.packet() }) { _, _ in .silence }
        defer { server.stop() }
        var options = ScriptedSession.options(server)
        options.connectTimeout = 600
        options.proceed = { if server.visits > 0 { throw Stopped() } }
        #expect(throws: Stopped.self) { try MariaDBConnection(options) }
    }
}
