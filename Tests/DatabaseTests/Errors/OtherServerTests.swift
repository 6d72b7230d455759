import Database
import DatabaseMariaDB
import ErrorModel
import Foundation
import TestSupport
import Testing

@Suite("Servers that are not what is needed")
struct OtherServerTests {
    @Test(
        "A server of another kind or too old is refused by name and version, before the first statement",
        arguments: [
            ("9.7.4", "MySQL or another server 9.7.4"), ("8.0.36-28", "MySQL or another server 8.0.36-28"),
            ("5.5.5-10.5.29-MariaDB-log", "MariaDB 10.5.29-MariaDB-log"),
            ("10.3.39-MariaDB", "MariaDB 10.3.39-MariaDB"),
        ])
    func refused(version: String, words: String) throws {
        let database = try TestDatabase(.mariadb)
        let path = database.folder + "/other.sock"
        let server = try FakeServer(at: .unixSocket(path), .letsIn, version: version)
        defer { server.stop() }
        let location = MariaDBURL(user: "ann", host: "localhost", socket: path, schema: "shop")
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(MariaDBOptions(location: location)) }
        #expect(error?.kind == .unsupportedServer)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("pnbook needs MariaDB 10.6 or newer") == true)
        #expect(!String(decoding: server.received, as: UTF8.self).contains("SET NAMES"))
    }
}
