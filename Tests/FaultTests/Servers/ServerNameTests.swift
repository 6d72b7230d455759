import Foundation
import Harness
import TestSupport
import Testing

/// Whose certificate must be for which name, where a URL leads to several servers.
@Suite("TLS with several servers", .serialized)
struct ServerNameTests {
    /// This machine's client library, and where there is one that of the next release.
    static let launchers: [[String]] = [[]] + (NewerClient.launcher.map { [[$0]] } ?? [])

    @Test("A certificate must be for the name in the URL, whichever of its addresses answers", arguments: launchers)
    func names(launcher: [String]) throws {
        let certificates = try Certificates()
        try certificates.makeSelfSigned("ours")
        for name in ["elsewhere", "db.test"] { try certificates.make(name, for: name) }
        let both = try TwoServers([certificates.options("elsewhere"), certificates.options("db.test")])
        let port = both.hosts[0].split(separator: ":")[1]
        let query = "?tls-ca=\(certificates.folder)/ours.pem"
        func doctor(_ hosts: [String], _ query: String) throws -> ProgramResult {
            try Program.run(both.arguments(["doctor"], hosts, query), by: both.launcher() + launcher)
        }
        // The first address has another one's certificate; the second the right one, for the name and not for itself.
        let named = try doctor(["db.test:\(port)"], query)
        #expect(named.stdout.contains("ok      tls: TLSv1.3"), "\(named.stdout) \(named.stderr)")
        #expect(
            named.stdout.contains(
                "verify-full: verified by the CA in \(certificates.folder)/ours.pem and the host's name"))
        #expect(named.stdout.contains("server: db.test:\(port) (127.0.0.2) cannot be used: "))
        #expect(named.stdout.contains("ok      server: db.test:\(port) (127.0.0.3): MariaDB"))
        // By its address, that server is another one.
        let addressed = try doctor(both.hosts, query)
        #expect(addressed.code == 69 && !addressed.stdout.contains("ok      reachable"), "\(addressed.stdout)")
        // Of a list, each is verified by its own name.
        let listed = try doctor([both.hosts[0], "db.test:\(port)"], query)
        #expect(listed.stdout.contains("ok      tls: TLSv1.3"), "\(listed.stdout)")
        try certificates.makeSelfSigned("theirs")
        #expect(try doctor(["db.test:\(port)"], "?tls-ca=\(certificates.folder)/theirs.pem").code == 69)
    }
}
