import Database
import DatabaseMariaDB
import ErrorModel
import Foundation
import Harness
import TestSupport
import Testing

/// A server, or whoever is in its place, chooses how the client proves who it is: never by telling the password.
@Suite("Passwords on the wire")
struct ClearTextTests {
    private static let plugins = [
        "mysql_clear_password", "dialog", "mysql_old_password", "sha256_password", "caching_sha2_password",
        "client_ed25519",
        "mysql_native_password", "auth_gssapi_client", "parsec", "", "password", "../../../../tmp/evil",
    ]

    private static func received(_ server: ScriptedServer) -> String {
        String(decoding: server.received, as: UTF8.self)
    }

    @Test(
        "A server without TLS is told nothing where TLS is asked for, whatever plugin it proposes or switches to",
        arguments: plugins, [MariaDBURL.TLS.require, .verifyFull])
    func withoutTLS(plugin: String, mode: MariaDBURL.TLS) throws {
        for greeting in [WirePacket.greeting(), WirePacket.greeting(plugin: plugin)] {
            let server = try ScriptedServer(greeting: greeting, login: .switches([plugin, "mysql_clear_password"])) {
                _, _ in .hangUp
            }
            defer { server.stop() }
            let error = #expect(throws: DatabaseError.self) {
                try MariaDBConnection(ScriptedSession.options(server, tls: mode))
            }
            #expect(error?.kind == .tls && error?.code == 2026, "\(String(describing: error))")
            #expect(server.received.isEmpty, "\(Self.received(server))")
        }
    }

    @Test("An unverified server is told no password over TLS", arguments: plugins)
    func unverified(plugin: String) throws {
        let server = try TLSServer(switchingTo: [plugin])
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(server.options(.require)) }
        try server.waitForClient()
        let received = server.plainText
        #expect(received.contains("ann"), "nothing came through TLS: \(String(describing: error))")
        #expect(!received.contains("HUNTER2"), "\(plugin): \(received)")
        if ["mysql_clear_password", "dialog", "caching_sha2_password", "sha256_password", "mysql_old_password"]
            .contains(plugin)
        {
            #expect(error?.kind == .accessDenied && error?.code == 5010, "\(String(describing: error))")
            guard case .text(let remedy)? = error?.remedy else {
                Issue.record("\(String(describing: error?.remedy))")
                return
            }
            #expect(remedy.hasPrefix("Verify the server: tls-ca=FILE in place of tls=require in the URL"), "\(remedy)")
            #expect(error?.message.contains("asks for the password itself (plugin '\(plugin)')") == true)
        }
    }

    @Test("A second switch is looked at as the first")
    func twice() throws {
        let server = try TLSServer(switchingTo: ["mysql_native_password", "mysql_clear_password"])
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(server.options(.require)) }
        try server.waitForClient()
        #expect(!server.plainText.contains("HUNTER2"), "\(server.plainText)")
        #expect(error?.code == 5010, "\(String(describing: error))")
    }

    @Test("A server that is verified by its CA or its fingerprint is told the password", arguments: [true, false])
    func verified(byCA: Bool) throws {
        let server = try TLSServer(switchingTo: ["mysql_clear_password"])
        // The library of the next release verifies no host's name towards this machine's own address; both take the CA.
        var options = server.options(byCA ? .verifyFull : .require)
        if byCA {
            options.location.tlsCA = server.certificate
        } else {
            options.defaultsFile = try server.fingerprintFile()
        }
        #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
        try server.waitForClient()
        #expect(server.plainText.contains("HUNTER2-CLEAR"), "\(server.plainText)")
    }
}
