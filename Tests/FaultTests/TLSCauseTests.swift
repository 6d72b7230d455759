import Foundation
import TestSupport
import Testing

/// Why no encrypted connection comes about: each cause has its own way out, and what stands in the URL is not advised.
@Suite("TLS by cause", .serialized)
struct TLSCauseTests {
    /// Certificates of an authority `ours`, good, for later and for the past, and one that has signed itself.
    private final class Certificates {
        let folder: String

        init() throws {
            folder = NSTemporaryDirectory() + "/pnbook-causes-" + UUID().uuidString.prefix(8).lowercased()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try openssl("req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=ours -keyout ours.key -out ours.pem")
            try openssl("req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=127.0.0.1 -keyout self.key -out self.pem")
            try openssl("req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout good.key -out good.csr")
            try sign("good", days: "30")
            try FileManager.default.copyItem(atPath: folder + "/good.key", toPath: folder + "/past.key")
            try FileManager.default.copyItem(atPath: folder + "/good.csr", toPath: folder + "/past.csr")
            try sign("past", days: "-1")
            for (name, text) in [("empty.pem", ""), ("junk.pem", "no certificate\n")] {
                try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        private func sign(_ name: String, days: String) throws {
            try openssl(
                "x509 -req -in \(name).csr -CA ours.pem -CAkey ours.key -CAcreateserial -days \(days) -out \(name).pem")
        }

        @discardableResult
        func openssl(_ arguments: String) throws -> String {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
            process.currentDirectoryURL = URL(filePath: folder)
            process.standardError = FileHandle.nullDevice
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw TookTooLong(what: "openssl \(arguments)") }
            return text
        }
    }

    private static func server(_ options: [String]) throws -> (PrivateServer, UInt16) {
        let port = try GaleraNode.freePort()
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
        let result = try Child.run(["list", "--database", url] + flags)
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
        let certificates = try Certificates()
        let ca = "tls-ca=\(certificates.folder)/ours.pem"
        let (server, port) = try Self.server([])
        defer { _ = server.socket }
        // From 11.4 on a server that is given no certificate makes one.
        let probe = try Child.run(["list", "--database", "mariadb://ann@127.0.0.1:\(port)/shop"])
        if probe.stderr.contains("does not support it") {
            for query in ["", "?\(ca)", "?tls=require"] {
                try Self.expect(
                    query, at: port, 69, "The server has no TLS: give it a certificate (ssl_cert and ssl_key")
            }
            let child = try Child(["doctor", "--database", "mariadb://ann@127.0.0.1:\(port)/shop?tls=disable"])
            try child.wait()
            #expect(child.stdout.contains("note    tls: this connection is in clear"))
            #expect(child.stdout.contains("; the server has no TLS\n"), "\(child.stdout)")
        } else {
            try Self.expect("", at: port, 69, "use its socket: mariadb://ann@localhost/shop. Else give the server")
            try Self.expect("", at: port, 69, "or accept an unverified server with tls=require")
            try Self.expect("?\(ca)", at: port, 69, "is not the one in \(certificates.folder)/ours.pem")
            let child = try Child(["doctor", "--database", "mariadb://ann@127.0.0.1:\(port)/shop?tls=require"])
            try child.wait()
            #expect(
                child.stdout.contains("but nobody has verified whose server this is (tls=require)"), "\(child.stdout)")
        }
    }

    @Test("A CA file that cannot be used is named, and is the configuration's fault")
    func files() throws {
        let certificates = try Certificates()
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
        let certificates = try Certificates()
        let ours = "tls-ca=\(certificates.folder)/ours.pem"
        let options = { (name: String) in
            ["--ssl-cert=\(certificates.folder)/\(name).pem", "--ssl-key=\(certificates.folder)/\(name).key"]
        }
        let (past, pastPort) = try Self.server(options("past"))
        try Self.expect("?\(ours)", at: pastPort, 69, "The server's certificate has expired: renew it on the server")
        try past.sql("DO 1")
        let (own, ownPort) = try Self.server(options("self"))
        try Self.expect("", at: ownPort, 69, "signed by nobody but itself")
        try Self.expect("?\(ours)", at: ownPort, 69, "is not the one in \(certificates.folder)/ours.pem")
        let fits = try Child.run(
            ["list", "--database", "mariadb://ann@127.0.0.1:\(ownPort)/shop?tls-ca=\(certificates.folder)/self.pem"])
        #expect(fits.code == 13, "\(fits.stderr)")
        try own.sql("DO 1")
    }

    @Test("doctor says by what the server was verified; an option file does not switch that off unseen")
    func verified() throws {
        let certificates = try Certificates()
        let folder = certificates.folder
        let (server, port) = try Self.server(["--ssl-cert=\(folder)/good.pem", "--ssl-key=\(folder)/good.key"])
        let doctor = { (query: String, file: String?) in
            let child = try Child(
                ["doctor", "--database", "mariadb://ann@127.0.0.1:\(port)/shop" + query]
                    + (file.map { ["--defaults-file", "\(folder)/\($0)"] } ?? []))
            try child.wait()
            return child.stdout
        }
        let write = { (text: String, name: String) in
            _ = FileManager.default.createFile(
                atPath: "\(folder)/\(name)", contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        }
        let full = try doctor("?tls-ca=\(folder)/ours.pem", nil)
        #expect(full.contains("verify-full: verified by the CA in \(folder)/ours.pem"), "\(full)")
        let print = try certificates.openssl("x509 -in good.pem -noout -fingerprint -sha1")
        write("[pnbook]\nssl-fp=\(print.split(separator: "=").last.map(String.init) ?? "")", "print.cnf")
        let pinned = try doctor("?tls=require", "print.cnf")
        #expect(
            pinned.contains("ok      tls: ") && pinned.contains("verified by the fingerprint in the option file"),
            "\(pinned)")
        write("[pnbook]\nssl-fp=" + String(repeating: "AB:", count: 19) + "AB\n", "other.cnf")
        try Self.expect(
            "?tls=require", at: port, 69, "another certificate than the one whose fingerprint",
            ["--defaults-file", "\(folder)/other.cnf"])
        write("[client]\nssl-verify-server-cert=0\n", "off.cnf")
        try Self.expect(
            "?tls-ca=\(folder)/ours.pem", at: port, 78, "\(folder)/off.cnf switches off that the server is verified",
            ["--defaults-file", "\(folder)/off.cnf"])
        try server.sql("DO 1")
    }
}
