import Foundation
import Harness
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
}
