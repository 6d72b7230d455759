import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Two plain servers on TCP that know nothing of each other, each with an empty schema `shop` and the user ann.
final class TwoServers {
    let servers: [PrivateServer]
    /// Of both, as a URL has them.
    let hosts: [String]
    /// The options that log in.
    let login: [String]
    private let scratch: ScratchFolder

    /// - Parameters:
    ///   - options: further ones of each server.
    ///   - addresses: on which each listens, both on one port.
    init(_ options: [[String]] = [[], []], at addresses: [String] = ["127.0.0.2", "127.0.0.3"]) throws {
        scratch = try ScratchFolder()
        login = ["--password-file", try scratch.write("x\n", to: "password")]
        let port = try LocalSocket.freePort()
        servers = try zip(options, addresses).map { options, address in
            let server = try PrivateServer(
                ["--skip-networking=0", "--port=\(port)", "--bind-address=\(address)"] + options)
            try server.sql(
                """
                CREATE DATABASE shop; CREATE USER ann@'127.0.0.1' IDENTIFIED BY 'x'; GRANT ALL ON shop.* TO ann@'127.0.0.1'
                """)
            return server
        }
        hosts = addresses.map { "\($0):\(port)" }
        let folder = scratch.path + "/catalogue"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try scratch.write("partnumber,lot_name\nPN-1,LOT-1\nPN-2,LOT-2\n", to: "catalogue/lot_partnumbers.csv")
    }

    deinit { thaw() }

    /// Makes a catalogue and all tables on one server.
    func fill(_ index: Int) throws {
        let loaded = try run(["load", scratch.path + "/catalogue", "--migrate"], [hosts[index]])
        #expect(loaded.code == 0, "\(loaded.stderr)")
    }

    /// What the program is started with for these hosts.
    func arguments(_ words: [String], _ hosts: [String], _ query: String = "?tls=disable") -> [String] {
        words + ["--database", "mariadb://ann@\(hosts.joined(separator: ","))/shop\(query)"] + login
    }

    func run(_ words: [String], _ hosts: [String], _ query: String = "?tls=disable") throws -> ProgramResult {
        try Program.run(arguments(words, hosts, query))
    }

    /// How many books a server has.
    func books(_ index: Int) throws -> Int {
        let connection = try servers[index].connect(schema: "shop")
        defer { connection.close() }
        return try connection.count("SELECT COUNT(*) FROM qt_partnumber_books")
    }

    /// How many connections ann has had on a server.
    func connections(_ index: Int) throws -> Int {
        let connection = try servers[index].connect()
        defer { connection.close() }
        // Each of our own is counted as well.
        return try connection.count(
            "SELECT CAST(variable_value AS SIGNED) FROM information_schema.global_status WHERE variable_name = 'Connections'"
        )
    }

    /// Makes a server accept connections and say nothing.
    func freeze(_ index: Int) {
        if let pid = servers[index].pid { kill(pid, SIGSTOP) }
    }

    func thaw() {
        for server in servers { if let pid = server.pid { kill(pid, SIGCONT) } }
    }

    /// A host on which nobody listens.
    static func closedHost() throws -> String { "127.0.0.1:\(try LocalSocket.freePort())" }

    /// Starts a program for which `db.test` is the name of both addresses.
    func launcher() throws -> [String] {
        let names = ["127.0.0.2 db.test", "127.0.0.3 db.test", "127.0.0.1 localhost", ""].joined(separator: "\n")
        let file = try scratch.write(names, to: "hosts", mode: 0o644)
        return ["unshare", "--mount"] + (getuid() == 0 ? [] : ["--map-root-user"]) + [
            "sh", "-c", "mount --bind \"$0\" /etc/hosts && exec \"$@\"", file,
        ]
    }
}
