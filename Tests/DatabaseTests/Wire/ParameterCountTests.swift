import Database
import DatabaseMariaDB
import ErrorModel
import Harness
import TestSupport
import Testing

/// A server that counts the parameters of a statement wrongly: the client library has memory for those that were bound.
@Suite("Parameters that the server counts")
struct ParameterCountTests {
    @Test("Another number than that of the marks is what MariaDB does not send", arguments: [0, 2, 300, 65_535])
    func wrongCount(parameters: UInt16) throws {
        let columns = [WirePacket.column()]
        let server = try ScriptedServer.withSessions { command, _ in
            guard case .prepare = command else { return .packets([WirePacket.ok()]) }
            let marks = parameters == 0 ? [] : [WirePacket.column("?"), WirePacket.end]
            return .packets(
                [WirePacket.prepared(columns: 1, parameters: parameters)] + marks + columns + [WirePacket.end])
        }
        defer { server.stop() }
        let connection = try MariaDBConnection(ScriptedSession.options(server))
        let error = #expect(throws: DatabaseError.self) {
            try connection.forEachRow("SELECT a FROM t WHERE b = \(7)") { _ in }
        }
        #expect(error?.kind == .unsupportedServer, "\(String(describing: error))")
        #expect(error?.message.contains("\(parameters) parameters of 1") == true, "\(error?.message ?? "")")
    }
}
