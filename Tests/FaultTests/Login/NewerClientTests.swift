import Foundation
import Harness
import TestSupport
import Testing

/// TLS as the next Debian's client library (3.4) has it: the program as it is built, run with that release's libraries.
///
/// From 3.4 on the library verifies nothing towards this machine's own addresses unless it is given a CA, and then no host
/// name; towards others a server that proves to know the user's password needs no CA. A CA alone cannot be asked for.
@Suite(
    "TLS with the next release's client library", .serialized,
    .enabled(if: NewerClient.launcher != nil, "this line's libraries are the machine's own"))
struct NewerClientTests {
    private let certificates: Certificates
    private let server: PrivateServer
    private let port: UInt16

    /// A server on two addresses, of which the library takes one for its own machine's, with a certificate for neither.
    init() throws {
        certificates = try Certificates()
        for name in ["ours", "theirs"] { try certificates.makeSelfSigned(name) }
        try certificates.make("it", for: "elsewhere")
        try certificates.write("x\n", to: "password")
        port = try LocalSocket.freePort()
        server = try PrivateServer(
            ["--skip-networking=0", "--port=\(port)", "--bind-address=127.0.0.1,127.0.0.2"]
                + ["--ssl-ca=\(certificates.folder)/ours.pem"] + certificates.options("it"))
        try server.sql("CREATE DATABASE shop")
        for host in ["127.0.0.1", "127.0.0.2"] {
            try server.sql(
                """
                CREATE USER ann@'\(host)' IDENTIFIED BY 'x'; CREATE USER bob@'\(host)';
                GRANT ALL ON shop.* TO ann@'\(host)'; GRANT ALL ON shop.* TO bob@'\(host)'
                """)
        }
    }

    /// What `doctor` says and exits with.
    private func doctor(_ user: String, _ host: String, _ query: String) throws -> ProgramResult {
        let launcher = try #require(NewerClient.launcher)
        return try Program.run(
            ["doctor", "--database", "mariadb://\(user)@\(host):\(port)/shop\(query)"]
                + (user == "ann" ? ["--password-file", certificates.folder + "/password"] : []), by: [launcher])
    }

    @Test("Who is let in and who is not, by user, address and what the URL asks for")
    func modes() throws {
        let (ours, theirs) = ("tls-ca=\(certificates.folder)/ours.pem", "tls-ca=\(certificates.folder)/theirs.pem")
        let expectations: [(user: String, host: String, query: String, isIn: Bool)] = [
            // This machine's own address: without a CA nothing is verified, with one the name is not.
            ("ann", "127.0.0.1", "", true), ("bob", "127.0.0.1", "", true),
            ("ann", "127.0.0.1", "?\(ours)", true), ("ann", "127.0.0.1", "?\(theirs)", false),
            // Any other: the password's proof is enough without a CA; with one the name counts.
            ("ann", "127.0.0.2", "", true), ("bob", "127.0.0.2", "", false),
            ("ann", "127.0.0.2", "?\(ours)", false), ("ann", "127.0.0.2", "?\(theirs)", false),
            ("ann", "127.0.0.2", "?tls=require", true), ("bob", "127.0.0.2", "?tls=require", true),
            // The library has no such mode any more, and takes it for none.
            ("ann", "127.0.0.1", "?tls=verify-ca&\(ours)", false),
            ("ann", "127.0.0.2", "?tls=verify-ca&\(ours)", false),
        ]
        for (user, host, query, isIn) in expectations {
            let result = try doctor(user, host, query)
            let what = "\(user) at \(host) \(query): \(result.code) \(result.stdout)"
            #expect(result.stdout.contains("ok      reachable") == isIn, "\(what)")
            #expect((result.code == 69) == !isIn, "\(what)")
        }
    }
}

/// The client library of the release whose server is tested.
enum NewerClient {
    /// Starts a program with it; nil where the machine's own server is tested.
    static let launcher = ProcessInfo.processInfo.environment["PNBOOK_TEST_WITH_LIBRARIES"]
}
