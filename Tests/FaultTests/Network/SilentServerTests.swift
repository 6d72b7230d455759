import Foundation
import Harness
import Synchronization
import TestSupport
import Testing

/// A server that takes a connection and says nothing: a signal ends the wait for it.
@Suite("Servers that do not greet")
struct SilentServerTests {
    @Test("A run that waits for a greeting ends by a signal, with the signal's code", arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) throws {
        let server = try ScriptedServer(login: .custom { client in _ = client.packet() }) { _, _ in .silence }
        defer { server.stop() }
        let child = try Program.start(
            ["create", "--database", "mariadb://ann@127.0.0.1:\(server.port)/shop?tls=disable"])
        try eventually(60, "the program has connected") { server.visits > 0 }
        let start = ContinuousClock.now
        child.signal(number)
        let result = try child.result()
        #expect(result.code == 128 + number, "\(result.stderr)")
        // The server itself is waited for three times as long.
        #expect(ContinuousClock.now - start < .seconds(9))
    }

    @Test("A signal also ends a run whose server no longer answers: neither its statement, nor a new connection")
    func silentInTheMiddle() throws {
        let scene = try Scene(.mariadb)
        let isSilent = Atomic(false)
        let socket = scene.database.folder + "/proxy.sock"
        let proxy = try SocketProxy(to: try TestDatabase.socket(), at: socket) { event, _ in
            if event.statement.contains("FROM `lot_partnumbers`") || event.statement.contains("FROM lot_partnumbers") {
                isSilent.store(true, ordering: .relaxed)
            }
            return isSilent.load(ordering: .relaxed) ? .drop : .pass
        }
        defer { proxy.stop() }
        let child = try Program.start([
            "create", "--database", "mariadb://root@localhost/\(scene.database.schema)?socket=\(socket)",
        ])
        try eventually(60, "the catalogue is being read") { isSilent.load(ordering: .relaxed) }
        let start = ContinuousClock.now
        child.signal(SIGTERM)
        let result = try child.result()
        #expect(result.code == 143, "\(result.stderr)")
        // The connection to stop the statement is waited for, and the one of the task's row.
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("Within TLS, a byte now and then holds no connection beyond its time")
    func trickleWithinTLS() throws {
        let server = try ScriptedServer(
            login: .custom { client in
                guard client.send(WirePacket.greeting(offersTLS: true), number: 0), client.packet() != nil else {
                    return
                }
                // The head of a record of 16 KiB, and its bytes one by one.
                guard client.send([0x16, 0x03, 0x03, 0x40, 0x00]) else { return }
                while client.send([0]) { usleep(50_000) }
            }, reply: { _, _ in .hangUp })
        defer { server.stop() }
        let start = ContinuousClock.now
        let result = try Program.run(
            ["list", "--database", "mariadb://ann@127.0.0.1:\(server.port)/shop?tls=require"])
        #expect(result.code == 69 && result.stderr.contains("has not let us in within 30 s"), "\(result.stderr)")
        #expect(ContinuousClock.now - start < .seconds(50))
        let child = try Program.start(
            ["create", "--database", "mariadb://ann@127.0.0.1:\(server.port)/shop?tls=require"])
        try eventually(60, "the program has connected") { server.visits > 1 }
        child.signal(SIGTERM)
        #expect(try child.result().code == 143)
        #expect(ContinuousClock.now - start < .seconds(80))
    }
}
