import Foundation
import Harness
import TestSupport
import Testing

/// A server with a certificate of its own authority, for another host's name than the one it is reached by.
@Suite("TLS with a server that has it", .serialized)
struct VerifiedServerTests {
    /// Two authorities, and two certificates of the first: for `elsewhere`, and for 127.0.0.1.
    private static func certificates() throws -> Certificates {
        let certificates = try Certificates()
        for name in ["ours", "theirs"] { try certificates.makeSelfSigned(name) }
        for (name, host) in [("elsewhere", "elsewhere"), ("here", "127.0.0.1")] {
            try certificates.make(name, for: host)
        }
        return certificates
    }

    /// A server that listens on 127.0.0.1 and demands TLS of its user.
    private static func server(_ certificates: Certificates, _ name: String) throws -> (PrivateServer, UInt16) {
        let port = try LocalSocket.freePort()
        let server = try PrivateServer(
            ["--skip-networking=0", "--port=\(port)", "--bind-address=127.0.0.1"]
                + ["--ssl-ca=\(certificates.folder)/ours.pem"] + certificates.options(name))
        try server.sql(
            "CREATE DATABASE shop; CREATE USER ann@'127.0.0.1' IDENTIFIED BY 'x' REQUIRE SSL; GRANT ALL ON shop.* TO ann@'127.0.0.1'"
        )
        return (server, port)
    }

    private static func doctor(_ port: UInt16, _ query: String, _ certificates: Certificates) throws -> ProgramResult {
        let secret = try certificates.write("x\n", to: "password")
        return try Program.run(
            ["doctor", "--database", "mariadb://ann@127.0.0.1:\(port)/shop\(query)", "--password-file", secret])
    }

    @Test("verify-ca asks for the authority alone, verify-full for the host as well, require for neither")
    func modes() throws {
        let certificates = try Self.certificates()
        let (server, port) = try Self.server(certificates, "elsewhere")
        let (ours, theirs) = ("tls-ca=\(certificates.folder)/ours.pem", "tls-ca=\(certificates.folder)/theirs.pem")
        let expectations: [(query: String, isIn: Bool)] = [
            ("?tls=verify-ca&\(ours)", true), ("?tls=verify-ca&\(theirs)", false),
            ("?tls=verify-full&\(ours)", false), ("?\(ours)", false), ("", false),
            ("?tls=require", true), ("?tls=require&\(theirs)", true),
        ]
        for (query, isIn) in expectations {
            let child = try Self.doctor(port, query, certificates)
            #expect(child.stdout.contains("ok      reachable") == isIn, "\(query): \(child.stdout)")
            guard !isIn else { continue }
            // The way out is by the cause, and never what stands in the URL already.
            let remedy =
                query.contains(theirs)
                ? "is not signed by the CA in \(certificates.folder)/theirs.pem"
                : query.contains(ours) ? "is for another name than 127.0.0.1" : "give the CA's file with tls-ca=FILE"
            #expect(child.code == 69 && child.stdout.contains(remedy), "\(query): \(child.stdout)")
            #expect(!query.contains("tls-ca") || !child.stdout.contains("tls-ca=FILE"), "\(query): \(child.stdout)")
        }
        let verified = try Self.doctor(port, "?tls=verify-ca&\(ours)", certificates)
        #expect(verified.stdout.contains("ok      tls: TLSv1.3"))
        let taken = try Self.doctor(port, "?tls=require", certificates)
        #expect(
            taken.stdout.contains("note    tls: TLSv1.3")
                && taken.stdout.contains("but the server is not verified (tls=require)"))
        // In clear this user is not let in.
        let clear = try Self.doctor(port, "?tls=disable", certificates)
        #expect(clear.code == 77, "\(clear.stdout)")
        try server.sql("ALTER USER ann@'127.0.0.1' REQUIRE NONE")
        let noted = try Self.doctor(port, "?tls=disable", certificates)
        #expect(noted.stdout.contains("note    tls: this connection is not encrypted"))
    }

    @Test("verify-full is content with the right host, and doctor names a server that is switched to read-only")
    func right() throws {
        let certificates = try Self.certificates()
        let (server, port) = try Self.server(certificates, "here")
        let query = "?tls-ca=\(certificates.folder)/ours.pem"
        let child = try Self.doctor(port, query, certificates)
        #expect(
            child.stdout.contains("ok      tls: TLSv1.3") && child.stdout.contains("verify-full"), "\(child.stdout)")
        #expect(
            try Self.doctor(port, "?tls=verify-full&tls-ca=\(certificates.folder)/theirs.pem", certificates).code == 69)
        try server.sql("SET GLOBAL read_only = 1; SET GLOBAL max_allowed_packet = 65536")
        let broken = try Self.doctor(port, query, certificates)
        #expect(broken.code == 75)
        #expect(broken.stdout.contains("if this is it: SET GLOBAL read_only = OFF;"))
        #expect(broken.stdout.contains("fix: SET GLOBAL max_allowed_packet = 16777216;"))
    }
}
