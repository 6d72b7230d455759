import Database
import ErrorModel
import Harness
import Testing

@Suite("Several hosts in one URL")
struct HostListTests {
    private static func hosts(_ url: String) throws -> [MariaDBHost] {
        guard case .mariadb(let location) = try DatabaseURL(parsing: url) else { return [] }
        return location.hosts
    }

    @Test("Each host has its own port, or the usual one")
    func forms() throws {
        #expect(
            try Self.hosts("mariadb://ann@a,b:3307,[::1]:3306/shop")
                == [MariaDBHost("a"), MariaDBHost("b", port: 3307), MariaDBHost("::1", port: 3306)])
        #expect(
            try Self.hosts("mariadb://db1.example,[2001:db8::7],10.0.0.7:1/shop")
                == [MariaDBHost("db1.example"), MariaDBHost("2001:db8::7"), MariaDBHost("10.0.0.7", port: 1)])
        #expect(try Self.hosts("mariadb://a,a:3307/shop").map(\.label) == ["a:3306", "a:3307"])
        #expect(try Self.hosts("mariadb://localhost,[::1]:3307/shop").map(\.label) == ["localhost", "[::1]:3307"])
        // The one of today is a list of one.
        #expect(try Self.hosts("mariadb:///shop") == [MariaDBHost("localhost")])
        #expect(try Self.hosts("mariadb://[::1],b:3307/shop?tls-ca=/srv/x@y.pem").count == 2)
        #expect(try Self.hosts("mariadb://a:3307,b/shop?tls-ca=/srv/x@y.pem").count == 2)
    }

    @Test("TLS and socket are each host's own matter")
    func modes() throws {
        guard case .mariadb(let location) = try DatabaseURL(parsing: "mariadb://ann@localhost,db2:3307/s") else {
            return
        }
        #expect(location.hosts.map { location.on($0).effectiveTLS } == [.disable, .verifyFull])
        #expect(location.hosts.map { location.on($0).isLocalSocket } == [true, false])
        #expect(location.on(location.hosts[1]).description == "mariadb://ann@db2:3307/s")
    }

    @Test(
        "Every mistake is named with the host's place",
        arguments: [
            ("mariadb://a,,b/s", .missingHost(position: 2)), ("mariadb://a,/s", .missingHost(position: 2)),
            ("mariadb://,a/s", .missingHost(position: 1)), ("mariadb://,/s", .missingHost(position: 1)),
            ("mariadb://ann@a,b,/s", .missingHost(position: 3)),
            ("mariadb://a,b;c/s", .badHostInList(position: 2)), ("mariadb://[x],b/s", .badHostInList(position: 1)),
            ("mariadb://a, b/s", .badHostInList(position: 2)), ("mariadb://a,b%2Cc/s", .badHostInList(position: 2)),
            ("mariadb://a:0,b/s", .badPortInList(position: 1)), ("mariadb://a,b:x/s", .badPortInList(position: 2)),
            ("mariadb://a,b:/s", .badPortInList(position: 2)), ("mariadb://a,[::1]3306/s", .badPortInList(position: 2)),
            ("mariadb://a,b%zz/s", .badEscape("host 2")), ("mariadb://a,b,a/s", .repeatedHost(position: 3)),
            ("mariadb://a,A:3306/s", .repeatedHost(position: 2)), ("mariadb://ann@a,ann@b/s", .severalUsers),
            ("mariadb://a,b/s?socket=/run/m.sock", .socketForHosts), ("mariadb://a,b", .missingSchema),
            ("mariadb://h/s?replica=yes", .badReplicaMode), ("mariadb://h/s?replica", .badReplicaMode),
        ] as [(String, DatabaseURLError)])
    func mistakes(url: String, mistake: DatabaseURLError) {
        #expect(throws: mistake) { try DatabaseURL(parsing: url) }
        // The place is in its text.
        if case .badHostInList(let position) = mistake { #expect(mistake.description.contains("number \(position)")) }
    }

    @Test(
        "A password among several hosts is refused and never repeated",
        arguments: [
            "mariadb://ann:hunter2@a,b/s", "mariadb://ann:hun,hunter2@a/s", "mariadb://ann:hunter2@a,ann:hunter2@b/s",
            "mariadb://a,ann:hunter2@b/s", "mariadb://ann@hunter2,x@a,b/s", "mariadb://ann%3Ahunter2@a,b/s",
            "mariadb://ann\u{FF1A}hunter2@a,b/s", "mariadb://a,b/ann:hunter2@c/s", "mariadb://ann:12,hunter2/x@a,b/s",
            "mariadb://ann:hunter2?x@a,b/s", "mariadb://[ann:hunter2@a],b/s", "mariadb://a,b/s?password=hunter2",
        ])
    func passwords(url: String) {
        let error = #expect(throws: DatabaseURLError.self) { try DatabaseURL(parsing: url) }
        #expect(error == .passwordInURL)
        #expect(error.map { String(reflecting: $0).contains("hunter2") } == false)
    }

    @Test("What is printed is read as the same, for a thousand lists")
    func printing() throws {
        var random = SplitMix64(seed: 16)
        for _ in 0..<1000 {
            let location = Self.location(&random)
            #expect(try DatabaseURL(parsing: DatabaseURL.mariadb(location).description) == .mariadb(location))
        }
    }

    @Test("No text traps, and none of it is repeated, for ten thousand broken lists")
    func brokenLists() {
        var random = SplitMix64(seed: 1616)
        let pieces = [
            "a", "b:3307", "[::1]", "[::1]:3306", ",", ",,", "@", ":", "[", "]", "%", "%2C", "%40", "%3A", "/", "?",
            "#",
            "localhost", "ann", "hunter2", "socket=/x", "&", "\u{301}", "\u{FF1A}", " ", "tls=disable", "replica=write",
        ]
        for _ in 0..<10_000 {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }
            do {
                let url = try DatabaseURL(parsing: "mariadb://" + text.joined())
                // What is taken has no password: no user with a colon.
                guard case .mariadb(let location) = url else { continue }
                #expect(!location.hosts.isEmpty && location.user?.contains(":") != true)
                #expect(Set(location.hosts.map { $0.label.lowercased() }).count == location.hosts.count)
            } catch {
                #expect(!String(reflecting: error).contains("hunter2"))
            }
        }
    }

    private static func location(_ random: inout SplitMix64) -> MariaDBURL {
        let names = ["a", "db-1.example", "10.0.0.7", "::1", "fe80::1%eth0", "localhost", "2001:db8::7", "x_y"]
        let users: [String?] = [nil, "ann", "a@b", "änne"]
        var hosts: [MariaDBHost] = []
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            let port = Bool.random(using: &random) ? UInt16.random(in: 1...65_535, using: &random) : nil
            let host = MariaDBHost(names[Int.random(in: 0..<names.count, using: &random)], port: port)
            if !hosts.contains(where: { $0.label == host.label }) { hosts.append(host) }
        }
        return MariaDBURL(
            user: users[Int.random(in: 0..<users.count, using: &random)], hosts: hosts,
            socket: hosts.count == 1 && Bool.random(using: &random) ? "/run/a&b%.sock" : nil, schema: "bücher,1?")
    }
}
