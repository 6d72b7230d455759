import Foundation
import Harness
import TestSupport
import Testing

/// A URL with several hosts, on real servers: which one is taken, which are passed over and for what.
@Suite("Several servers in one URL", .serialized)
struct ServerListTests {
    @Test("A host where nobody listens and one that is frozen are passed over, each in seconds, and the run says so")
    func outages() throws {
        let both = try TwoServers()
        try both.fill(1)
        both.freeze(0)
        let hosts = [try TwoServers.closedHost(), both.hosts[0], both.hosts[1]]
        let began = ContinuousClock.now
        let made = try both.run(["create"], hosts)
        #expect(made.code == 0, "\(made.stderr)")
        // Three seconds for the frozen one, once: what is known to work is tried first from then on.
        #expect(ContinuousClock.now - began < .seconds(20), "\(ContinuousClock.now - began)")
        #expect(made.stderr.contains("working on \(both.hosts[1]); passed over: \(hosts[0]): "), "\(made.stderr)")
        #expect(made.stderr.components(separatedBy: "passed over").count == 2, "\(made.stderr)")
        #expect(made.stderr.contains("; \(both.hosts[0]): "))
        both.thaw()
        #expect(try both.books(1) == 1)
    }

    @Test("Where no server can be used, each is named with its reason, and the exit code is the cause's")
    func none() throws {
        let both = try TwoServers()
        try both.servers[0].sql("SET GLOBAL read_only = 1")
        let closed = try TwoServers.closedHost()
        let outage = try both.run(["create"], [both.hosts[0], closed])
        #expect(outage.code == 69, "\(outage.stderr)")
        #expect(
            outage.stderr.contains(
                "none of the 2 servers can be used: \(both.hosts[0]): the server is switched to read-only"),
            "\(outage.stderr)")
        #expect(outage.stderr.contains("; \(closed): Can't connect") && outage.stderr.contains("pnbook doctor"))
        // Nothing of it passes by itself: the cause of the first decides.
        try both.servers[1].sql("ALTER USER ann@'127.0.0.1' IDENTIFIED BY 'y'")
        #expect(try both.run(["create"], both.hosts).code == 75)
        #expect(try both.run(["create"], both.hosts.reversed()).code == 77)
        let doctor = try both.run(["doctor"], [both.hosts[1], closed])
        #expect(doctor.code == 69)
        #expect(doctor.stdout.contains("server: \(both.hosts[1]) cannot be used: Access denied"), "\(doctor.stdout)")
        #expect(doctor.stdout.contains("server: \(closed) cannot be used: Can't connect"))
    }

    @Test("A read-only server is passed over by what writes, and serves what reads")
    func readOnly() throws {
        let both = try TwoServers()
        for index in 0...1 { try both.fill(index) }
        #expect(try both.run(["create"], [both.hosts[1]]).code == 0)
        try both.servers[0].sql("SET GLOBAL read_only = 1")
        let made = try both.run(["create"], both.hosts)
        #expect(
            made.code == 0 && made.stderr.contains("passed over: \(both.hosts[0]): the server is switched to read-only")
        )
        #expect(try (both.books(0), both.books(1)) == (0, 2))
        let listed = try both.run(["list", "--json"], both.hosts)
        #expect(listed.code == 0 && !listed.stderr.contains("passed over"))
        #expect(try listed.json["books"]?.elements?.isEmpty == true)
        // What a run would work with.
        let doctor = try both.run(["doctor", "--json"], both.hosts)
        let servers = try #require(try doctor.json["servers"]?.elements)
        #expect(servers.map { $0["server"]?.string } == both.hosts)
        #expect(servers.map { $0["is_read_only"] } == [true, false] && servers.allSatisfy { $0["is_ready"] == true })
        let findings = try doctor.json["findings"]?.elements ?? []
        #expect(!findings.contains { $0["topic"] == "writable" })
    }

    @Test("A run stays on the server that it began on, although one before it is there again")
    func stays() throws {
        let both = try TwoServers()
        for index in 0...1 { try both.fill(index) }
        both.freeze(0)
        let run = try Program.start(both.arguments(["create"], both.hosts), fault: .stop(60))
        try run.waitUntilStopped()
        both.thaw()
        let before = try both.connections(0)
        run.signal(SIGCONT)
        #expect(try run.wait() == 0, "\(run.stderr)")
        // But for those that count.
        #expect(try both.connections(0) == before + 1)
        #expect(try (both.books(0), both.books(1)) == (0, 1))
    }

    @Test("A name of several addresses is a list of them")
    func severalAddresses() throws {
        let both = try TwoServers()
        try both.fill(1)
        both.freeze(0)
        let port = both.hosts[0].split(separator: ":")[1]
        let made = try Program.run(both.arguments(["create"], ["db.test:\(port)"]), by: both.launcher())
        #expect(made.code == 0, "\(made.stderr)")
        #expect(
            made.stderr.contains("working on db.test:\(port) (127.0.0.3); passed over: db.test:\(port) (127.0.0.2): "))
        both.thaw()
        #expect(try both.books(1) == 1)
        let doctor = try Program.run(both.arguments(["doctor"], ["db.test:\(port)"]), by: both.launcher())
        for address in ["127.0.0.2", "127.0.0.3"] {
            #expect(doctor.stdout.contains("server: db.test:\(port) (\(address)): MariaDB "), "\(doctor.stdout)")
        }
        // For the same reason from all of them, it is said once.
        for server in both.servers { try server.sql("ALTER USER ann@'127.0.0.1' IDENTIFIED BY 'y'") }
        let denied = try Program.run(both.arguments(["list"], ["db.test:\(port)"]), by: both.launcher())
        #expect(denied.code == 77 && !denied.stderr.contains("none of the"), "\(denied.stderr)")
    }
}
