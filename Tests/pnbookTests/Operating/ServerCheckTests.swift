import Database
import ErrorModel
import Testing

@testable import Operations
@testable import PnbookCLI

/// What `doctor` says of a server: of such states, too, as no test server can be brought into.
@Suite("doctor: the server")
struct ServerCheckTests {
    private static func sound() -> ServerStatus {
        ServerStatus(
            version: "10.11.19-MariaDB", user: "ann@db", encryption: "TLSv1.3, AES", maximumPacket: 1 << 24,
            clockDifference: 0,
            tables: [
                TableReport(
                    name: "qt_partnumber_book_items", bytes: 1,
                    collations: [
                        "partnumber": "utf8mb4_nopad_bin", "lot_name": "utf8mb4_nopad_bin",
                        "description": "utf8mb4_bin",
                    ])
            ])
    }

    /// What is not ok: topic, level and code.
    private static func troubles(_ change: (inout ServerStatus) -> Void) throws -> [String] {
        var report = sound()
        change(&report)
        let location = try DatabaseURL(parsing: "mariadb://ann@db/shop?tls-ca=/ca.pem")
        return ServerCheck(report, at: location).diagnoses.filter { $0.level != .ok }
            .map { "\($0.topic) \($0.level.rawValue) \($0.category.map(ExitStatus.init)?.rawValue ?? 0)" }
    }

    @Test("Of a sound server nothing but good is said")
    func nothing() throws {
        #expect(try Self.troubles { _ in } == [])
    }

    @Test(
        "MariaDB 10.6 is the oldest",
        arguments: [("10.5.29-MariaDB", 1), ("10.6.0-MariaDB", 0), ("11.8.2-MariaDB-log", 0), ("5.5.68-MariaDB", 1)])
    func versions(version: String, findings: Int) throws {
        #expect(try Self.troubles { $0.version = version }.count == findings)
    }

    @Test("A clock more than two seconds off is noted, in either direction", arguments: [2_001, -2_001, 90_000])
    func clocks(difference: Int64) throws {
        #expect(try Self.troubles { $0.clockDifference = difference } == ["clock note 0"])
    }

    @Test("Two seconds are nothing", arguments: [2_000, -2_000, 0])
    func tolerated(difference: Int64) throws {
        #expect(try Self.troubles { $0.clockDifference = difference } == [])
    }

    @Test("A node that is not of the primary component or not ready takes no statements")
    func clusters() throws {
        let cluster = { (status: String, isReady: Bool) in
            ClusterReport(status: status, state: "Synced", isReady: isReady, nodes: 3)
        }
        #expect(try Self.troubles { $0.cluster = cluster("Primary", true) } == [])
        #expect(try Self.troubles { $0.cluster = cluster("non-Primary", true) } == ["cluster broken 69"])
        #expect(try Self.troubles { $0.cluster = cluster("Primary", false) } == ["cluster broken 69"])
    }

    @Test("How the server was verified is told, and nothing is advised that the URL has")
    func trust() throws {
        let location = { (query: String) in try DatabaseURL(parsing: "mariadb://ann@127.0.0.1/shop" + query) }
        let tls = { (trust: ServerTrust, query: String) in
            var report = Self.sound()
            report.trust = trust
            let diagnosis = ServerCheck(report, at: try location(query)).diagnoses.first { $0.topic == "tls" }
            return
                "\(diagnosis?.level.rawValue ?? "") \(diagnosis?.found ?? "") -> \((diagnosis?.remedy?.commands ?? []).joined(separator: "; "))"
        }
        #expect(
            try tls(.certificate(ca: "/ca.pem", host: true), "?tls-ca=/ca.pem")
                == "ok TLSv1.3, AES, verify-full: verified by the CA in /ca.pem and the host's name -> ")
        #expect(try tls(.certificate(ca: nil, host: true), "").contains("verified by a CA that this machine knows and"))
        #expect(try tls(.certificate(ca: "/ca.pem", host: false), "").contains("/ca.pem, not by the host's name"))
        #expect(try tls(.password, "").contains("accepted by the password's proof"))
        #expect(try tls(.fingerprint, "?tls=require").contains("verified by the fingerprint in the option file"))
        #expect(
            try tls(.nothing(ownAddress: true), "").contains("this machine's own address as it is -> Add tls-ca=FILE"))
        let required = try tls(.nothing(ownAddress: false), "?tls=require&tls-ca=/ca.pem")
        #expect(required.hasPrefix("note ") && required.contains("Leave tls=require out of the URL"))
        #expect(!required.contains("tls-ca=FILE"))
    }

    @Test("An account without a name, and one that may have too few connections, are found")
    func accounts() throws {
        #expect(try Self.troubles { $0.user = "@localhost" } == ["account note 0"])
        #expect(try Self.troubles { $0.maximumConnections = 2 } == ["connections broken 69"])
        #expect(try Self.troubles { $0.maximumConnections = 3 } == [])
    }

    @Test("A small packet, a read-only server, clear text and narrow characters are found")
    func others() throws {
        #expect(try Self.troubles { $0.maximumPacket = (1 << 20) - 1 } == ["max_allowed_packet broken 1"])
        #expect(try Self.troubles { $0.maximumPacket = 1 << 20 } == [])
        #expect(try Self.troubles { $0.isReadOnly = true } == ["writable broken 75"])
        #expect(try Self.troubles { $0.encryption = nil } == ["tls note 0"])
        #expect(
            try Self.troubles { $0.tables[0].collations["description"] = "latin1_swedish_ci" } == [
                "collations broken 13"
            ])
        #expect(
            try Self.troubles { $0.tables[0].collations["partnumber"] = "utf8mb4_general_ci" } == ["collations note 0"])
    }
}
