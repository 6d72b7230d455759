import Database
import DatabaseMariaDB
import Foundation
import Harness
import TestSupport
import Testing

/// A server that knows no TLS: what was asked for is not given up quietly.
@Suite("TLS where the server has none")
struct MariaDBTLSTests {
    private static func options(_ location: MariaDBURL) -> MariaDBOptions {
        var options = MariaDBOptions(location: location, password: Secret("hunter2"))
        options.connectTimeout = 5
        options.readTimeout = 2
        return options
    }

    @Test(
        "TCP is verified unless told otherwise: nothing of the login goes out",
        arguments: [nil, .verifyFull] as [MariaDBURL.TLS?])
    func verified(mode: MariaDBURL.TLS?) throws {
        let server = try FakeServer(at: .tcp, .letsIn)
        defer { server.stop() }
        let location = MariaDBURL(
            user: "ann-verified", host: "127.0.0.1", port: server.port, schema: "shop", tls: mode)
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(Self.options(location)) }
        #expect(error?.kind == .tls)
        #expect(error?.code == 2026)
        #expect(server.visits == 1)
        #expect(!String(decoding: server.received, as: UTF8.self).contains("ann-verified"))
    }

    @Test("A connection that was to be encrypted and is not is given up before the first statement")
    func required() throws {
        let server = try FakeServer(at: .tcp, .letsIn)
        defer { server.stop() }
        let location = MariaDBURL(user: "ann", host: "127.0.0.1", port: server.port, schema: "shop", tls: .require)
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(Self.options(location)) }
        #expect(error?.kind == .tls)
        #expect(error?.code == 2026)
        #expect(!String(decoding: server.received, as: UTF8.self).contains("SET NAMES"))
    }

    @Test(
        "A socket is encrypted when told to be, or not used",
        arguments: [.require, .verifyFull] as [MariaDBURL.TLS])
    func socket(mode: MariaDBURL.TLS) throws {
        let database = try TestDatabase(.mariadb)
        let server = try FakeServer(at: .unixSocket(database.folder + "/plain.sock"), .letsIn)
        defer { server.stop() }
        let location = MariaDBURL(
            user: "ann", host: "localhost", socket: database.folder + "/plain.sock", schema: "shop", tls: mode)
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(Self.options(location)) }
        #expect(error?.kind == .tls)
        #expect(!String(decoding: server.received, as: UTF8.self).contains("SET NAMES"))
    }

    @Test(
        "An option file does not talk a verified connection into going on in clear",
        arguments: ["client", "client-server", "client-mariadb"])
    func optionFile(group: String) throws {
        let database = try TestDatabase(.mariadb)
        let server = try FakeServer(at: .tcp, .letsIn)
        defer { server.stop() }
        var options = Self.options(
            MariaDBURL(user: "ann", host: "127.0.0.1", port: server.port, schema: "shop", tls: .verifyFull))
        options.defaultsFile = database.folder + "/plain.cnf"
        try Data("[\(group)]\nssl-enforce=0\nssl-verify-server-cert=0\ntls-verify-peer=0\n".utf8).write(
            to: URL(filePath: database.folder + "/plain.cnf"))
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
        #expect(error?.kind == .tls)
        #expect(server.received.isEmpty)
    }

    @Test("Without TLS the login goes out, but never the password itself")
    func disabled() throws {
        let server = try FakeServer(at: .tcp, .greets)
        defer { server.stop() }
        let location = MariaDBURL(
            user: "ann-in-clear", host: "127.0.0.1", port: server.port, schema: "shop", tls: .disable)
        var options = Self.options(location)
        // The login is sent; then nobody answers.
        options.connectTimeout = 1
        options.readTimeout = 1
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
        #expect(error?.kind == .unreachable)
        try eventually(20, "the server sees the user's name") {
            String(decoding: server.received, as: UTF8.self).contains("ann-in-clear")
        }
        #expect(!String(decoding: server.received, as: UTF8.self).contains("hunter2"))
    }
}
