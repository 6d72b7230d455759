import Foundation
import Harness
import TestSupport
import Testing

/// Why no encrypted connection comes about: each cause has its own way out, and what stands in the URL is not advised.
@Suite("TLS by cause", .serialized)
struct TLSCauseTests {
    /// Certificates of an authority `ours`, good and expired, one that has signed itself, and files that hold none.
    private static func certificates() throws -> Certificates {
        let certificates = try Certificates()
        try certificates.makeSelfSigned("ours")
        try certificates.makeSelfSigned("self", for: "127.0.0.1")
        try certificates.make("good", for: "127.0.0.1")
        try certificates.make("past", for: "127.0.0.1", days: -1)
        try certificates.make("elsewhere", for: "elsewhere")
        try certificates.write("", to: "empty.pem")
        try certificates.write("no certificate\n", to: "junk.pem")
        return certificates
    }

    private static func server(_ options: [String]) throws -> (PrivateServer, UInt16) {
        let port = try LocalSocket.freePort()
        let server = try GrantTests.server(
            ["--skip-networking=0", "--port=\(port)", "--bind-address=127.0.0.1"] + options)
        try server.sql("CREATE DATABASE shop; CREATE USER ann@'%'; GRANT ALL ON shop.* TO ann@'%'")
        return (server, port)
    }

    /// Expects that a verb and `doctor` refuse with a code and words, and advise nothing that the URL has.
    private static func expect(
        _ query: String, at port: UInt16, _ code: Int32, _ words: String, _ flags: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let url = "mariadb://ann@127.0.0.1:\(port)/shop" + query
        let result = try Program.run(["list", "--database", url] + flags)
        #expect(result.code == code, "\(query): \(result.stderr)", sourceLocation: sourceLocation)
        #expect(result.stderr.contains(words), "\(query): \(result.stderr)", sourceLocation: sourceLocation)
        let remedy = try GrantTests.broken(url, flags).first?.remedy ?? ""
        for parameter in query.dropFirst().split(separator: "&") {
            #expect(!remedy.contains("say \(parameter)"), "\(query): \(remedy)", sourceLocation: sourceLocation)
        }
        if query.contains("tls-ca=") {
            #expect(!remedy.contains("tls-ca=FILE"), "\(query): \(remedy)", sourceLocation: sourceLocation)
        }
    }

    @Test("A server without TLS, or with a certificate that it has made itself")
    func stock() throws {
        let certificates = try Self.certificates()
        let ca = "tls-ca=\(certificates.folder)/ours.pem"
        let (server, port) = try Self.server([])
        defer { _ = server.socket }
        // From 11.4 on a server that is given no certificate makes one.
        let probe = try Program.run(["list", "--database", "mariadb://ann@127.0.0.1:\(port)/shop"])
        if probe.stderr.contains("does not support it") {
            for query in ["", "?\(ca)", "?tls=require"] {
                try Self.expect(
                    query, at: port, 69, "The server has no TLS: give it a certificate (ssl_cert and ssl_key")
            }
            let child = try Program.start(["doctor", "--database", "mariadb://ann@127.0.0.1:\(port)/shop?tls=disable"])
            try child.wait()
            #expect(child.stdout.contains("note    tls: this connection is not encrypted"))
            #expect(child.stdout.contains("; the server has no TLS\n"), "\(child.stdout)")
        } else {
            try Self.expect("", at: port, 69, "use its socket: mariadb://ann@localhost/shop. Else give the server")
            try Self.expect("", at: port, 69, "or accept an unverified server with tls=require")
            try Self.expect("?\(ca)", at: port, 69, "is not the one in \(certificates.folder)/ours.pem")
            let child = try Program.start(["doctor", "--database", "mariadb://ann@127.0.0.1:\(port)/shop?tls=require"])
            try child.wait()
            #expect(
                child.stdout.contains("but the server is not verified (tls=require)"), "\(child.stdout)")
        }
    }

    @Test("A CA file that cannot be used is named, and is the configuration's fault")
    func files() throws {
        let certificates = try Self.certificates()
        // Found out before anything is connected to.
        let port: UInt16 = 1
        for (name, words) in [
            ("none.pem", "cannot be read: No such file or directory"),
            ("empty.pem", "holds no certificate in PEM form"),
            ("junk.pem", "holds no certificate in PEM form"), ("good.key", "holds no certificate in PEM form"),
            ("", "is a folder"),
        ] {
            let file = certificates.folder + "/" + name
            try Self.expect("?tls-ca=\(file)", at: port, 78, "the CA file \(file) (tls-ca) \(words)")
        }
    }

    @Test("A certificate that has expired, and one that has signed itself")
    func certificates() throws {
        let certificates = try Self.certificates()
        let ours = "tls-ca=\(certificates.folder)/ours.pem"
        let (past, pastPort) = try Self.server(certificates.options("past"))
        try Self.expect("?\(ours)", at: pastPort, 69, "The server's certificate has expired: renew it on the server")
        try past.sql("DO 1")
        let (own, ownPort) = try Self.server(certificates.options("self"))
        try Self.expect("", at: ownPort, 69, "is self-signed")
        try Self.expect("?\(ours)", at: ownPort, 69, "is not the one in \(certificates.folder)/ours.pem")
        let fits = try Program.run(
            ["list", "--database", "mariadb://ann@127.0.0.1:\(ownPort)/shop?tls-ca=\(certificates.folder)/self.pem"])
        #expect(fits.code == 13, "\(fits.stderr)")
        try own.sql("DO 1")
    }

    @Test("doctor says by what the server was verified; an option file does not switch that off unseen")
    func verified() throws {
        let certificates = try Self.certificates()
        let folder = certificates.folder
        let (server, port) = try Self.server(certificates.options("good"))
        let doctor = { (query: String, file: String?) in
            let child = try Program.start(
                ["doctor", "--database", "mariadb://ann@127.0.0.1:\(port)/shop" + query]
                    + (file.map { ["--defaults-file", "\(folder)/\($0)"] } ?? []))
            try child.wait()
            return child.stdout
        }
        let full = try doctor("?tls-ca=\(folder)/ours.pem", nil)
        #expect(full.contains("verify-full: verified by the CA in \(folder)/ours.pem"), "\(full)")
        let print = try certificates.openssl("x509 -in good.pem -noout -fingerprint -sha1")
        try certificates.write(
            "[pnbook]\nssl-fp=\(print.split(separator: "=").last.map(String.init) ?? "")", to: "print.cnf")
        let pinned = try doctor("?tls=require", "print.cnf")
        #expect(
            pinned.contains("ok      tls: ") && pinned.contains("verified by the fingerprint in the option file"),
            "\(pinned)")
        try certificates.write("[pnbook]\nssl-fp=" + String(repeating: "AB:", count: 19) + "AB\n", to: "other.cnf")
        try Self.expect(
            "?tls=require", at: port, 69, "another certificate than the one whose fingerprint",
            ["--defaults-file", "\(folder)/other.cnf"])
        // For other programs: what the URL says holds.
        try certificates.write("[client]\nssl-verify-server-cert=0\nskip-ssl\n", to: "off.cnf")
        let kept = try doctor("?tls-ca=\(folder)/ours.pem", "off.cnf")
        #expect(kept.contains("verify-full: verified by the CA in \(folder)/ours.pem"), "\(kept)")
        try certificates.write("[pnbook]\nssl-verify-server-cert=0\n", to: "ours.cnf")
        try Self.expect(
            "?tls-ca=\(folder)/ours.pem", at: port, 78,
            "\(folder)/ours.cnf:2: ssl-verify-server-cert in [pnbook] would change how the server is verified",
            ["--defaults-file", "\(folder)/ours.cnf"])
        let (wrong, wrongPort) = try Self.server(certificates.options("elsewhere"))
        try Self.expect(
            "?tls-ca=\(folder)/ours.pem", at: wrongPort, 69, "is for another name than 127.0.0.1",
            ["--defaults-file", "\(folder)/off.cnf"])
        try wrong.sql("DO 1")
        try server.sql("DO 1")
    }
}
