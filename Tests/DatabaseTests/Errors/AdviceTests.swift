import Database
import ErrorModel
import TestSupport
import Testing

@testable import DatabaseMariaDB

/// What is read out of the words of the client library and the server, of both lines each.
@Suite("Advice by cause")
struct AdviceTests {
    private static func location(_ query: String) throws -> MariaDBURL {
        guard case .mariadb(let location) = try DatabaseURL(parsing: "mariadb://ann@db.example/shop" + query)
        else {
            throw DatabaseURLError.unknownScheme
        }
        return location
    }

    /// As the client libraries 3.3.20 and 3.4.10 say it.
    private static let refusals: [(message: String, cause: TLSRefusal?)] = [
        ("TLS/SSL error: SSL is required, but the server does not support it", .noTLS),
        ("TLS is asked for, but this connection has none", .noTLS),
        ("TLS/SSL error: self-signed certificate", .selfSigned),
        ("TLS/SSL error: self-signed certificate in certificate chain", .unknownCA),
        ("TLS/SSL error: unable to get local issuer certificate", .unknownCA),
        ("TLS/SSL error: Certificate verification failure: The certificate is NOT trusted.", .unknownCA),
        ("TLS/SSL error: Validation of SSL server certificate failed", .otherName),
        ("TLS/SSL error: Hostname verification failed", .otherName),
        ("TLS/SSL error: certificate has expired", .expired),
        ("TLS/SSL error: Certificate not yet valid or expired", .expired),
        ("TLS/SSL error: certificate is not yet valid", .notYetValid),
        ("TLS/SSL error: Certificate revoked", .revoked),
        ("TLS/SSL error: Fingerprint verification of server certificate failed", .fingerprint),
        ("TLS/SSL error: Fingerprint validation of peer certificate failed", .fingerprint),
        ("TLS/SSL error: tlsv1 alert protocol version", .protocolVersion),
        ("TLS/SSL error: tlsv1 alert internal error", .protocolVersion),
        ("TLS/SSL error: unexpected eof while reading", nil),
    ]

    @Test("The cause of a refusal is told by the words of either library", arguments: refusals)
    func causes(message: String, cause: TLSRefusal?) {
        #expect(TLSRefusal(message) == cause)
    }

    @Test("Nothing is advised that stands in the URL already", arguments: refusals.map(\.message))
    func nothingTwice(message: String) throws {
        for query in ["", "?tls-ca=/ca.pem", "?tls=verify-full&tls-ca=/ca.pem", "?tls=require", "?tls=verify-full"] {
            let advice = "\(TLSAdvice(location: try Self.location(query), hasPassword: true).remedy(for: message))"
            #expect(!query.contains("tls-ca") || !advice.contains("tls-ca=FILE"), "\(query): \(advice)")
            #expect(!query.contains("=require") || !advice.contains("with tls=require"), "\(query): \(advice)")
        }
    }

    @Test(
        "A missing plugin of the client library is named, whatever the code",
        arguments: [
            ("Plugin parsec could not be loaded: /usr/lib/parsec.so: cannot open shared object file", "parsec"),
            ("Authentication plugin 'dialog' cannot be loaded: no such file", "dialog"),
            ("Access denied for user 'ann'@'localhost' (using password: YES)", nil),
        ])
    func plugins(message: String, plugin: String?) {
        #expect(LoginAdvice.missingPlugin(message) == plugin)
    }

    @Test("An account that logs in by a plugin which this library lacks is told so, and not to check the password")
    func missingPlugin() throws {
        let server = try FakeServer(at: .tcp, .asks(plugin: "no_such_plugin"))
        defer { server.stop() }
        let location = MariaDBURL(user: "ann", host: "127.0.0.1", port: server.port, schema: "shop", tls: .disable)
        var options = MariaDBOptions(location: location, password: Secret("hunter2"))
        options.connectTimeout = 5
        options.readTimeout = 5
        let error = #expect(throws: DatabaseError.self) { try MariaDBConnection(options) }
        #expect(error?.kind == .accessDenied)
        guard case .text(let remedy)? = error?.remedy else {
            Issue.record("\(String(describing: error?.remedy))")
            return
        }
        #expect(
            remedy.contains("by the plugin no_such_plugin, which this machine's MariaDB client library"), "\(remedy)")
        #expect(remedy.contains(ClientLibrary.version) && remedy.contains("IDENTIFIED VIA ed25519"))
        #expect(!remedy.contains("Check the user"))
    }

    @Test(
        "The lines of SHOW GRANTS are read as they are written",
        arguments: [
            ("GRANT SELECT, INSERT ON `shop`.`lot` TO `ann`@`%`", ["INSERT", "SELECT"], nil),
            (
                "GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` IDENTIFIED BY PASSWORD '*X' WITH GRANT OPTION",
                ["ALL PRIVILEGES"], nil
            ),
            ("GRANT CREATE VIEW ON `sh\\_op`.* TO `books`", ["CREATE VIEW"], "books"),
            ("GRANT SELECT (`a, ON b`), UPDATE ON `shop`.`l``ot` TO PUBLIC", ["SELECT (", "UPDATE"], "PUBLIC"),
        ] as [(String, [String], String?)])
    func lines(text: String, rights: [String], role: String?) {
        let line = HeldGrants.line(text)
        #expect(line?.rights.map { $0.hasPrefix("SELECT (") ? "SELECT (" : $0 }.sorted() == rights)
        #expect(line?.role == role)
    }

    @Test(
        "What gives no right on data is passed over",
        arguments: [
            "GRANT `books` TO `ann`@`%`", "GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION",
            "GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `ann`@`%`", "SET DEFAULT ROLE `books` FOR `ann`@`%`", "",
        ])
    func passedOver(text: String) {
        #expect(HeldGrants.line(text) == nil)
    }

    @Test(
        "A schema's name fits a pattern as GRANT has them",
        arguments: [
            ("shop", "shop", true), ("sh_p", "shop", true), ("sh\\_p", "shop", false), ("sh\\_p", "sh_p", true),
            ("s%", "shop", true), ("%", "", true), ("s%x", "shop", false), ("a\\\\b", "a\\b", true),
            ("shop", "shop2", false),
        ])
    func patterns(pattern: String, name: String, fits: Bool) {
        #expect(HeldGrants.matches(pattern, name) == fits)
    }
}
