import Foundation
import TestSupport

/// A Galera cluster of two private nodes on one machine.
///
/// No state is ever carried over: the second node begins as a copy of the first one's folder, and a script that carries
/// nothing stands in for the transfer that a joining node asks for.
final class GaleraPair {
    /// The nodes' sockets.
    let sockets: [String]
    private let folder: String
    private var servers: [Process] = []

    /// Installs and starts both.
    ///
    /// - Throws: ``NoGalera`` where the library is missing.
    init() throws {
        folder = NSTemporaryDirectory() + "/pnbook-pair-" + UUID().uuidString.prefix(8).lowercased()
        let nodes = [folder + "/a", folder + "/b"]
        sockets = nodes.map { $0 + "/server.sock" }
        for path in nodes.map({ $0 + "/tmp" }) + [folder + "/bin", folder + "/tmp"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try writeScript()
        let port = try GaleraNode.freePort()
        let first = try GaleraNode.options(cluster: "", port: port)
        let second = try GaleraNode.options(cluster: "127.0.0.1:\(port)", port: GaleraNode.freePort())
        let install = try launch(
            "mariadb-install-db", ["--datadir=\(nodes[0])/data", "--auth-root-authentication-method=normal"],
            log: nodes[0] + "/install.log")
        install.waitUntilExit()
        guard install.terminationStatus == 0 else { throw TookTooLong(what: "mariadb-install-db succeeds") }
        // The first start gives the cluster its name, and an orderly end writes down how far it is.
        let server = try start(nodes[0], first)
        try sql(sockets[0], "SHUTDOWN")
        try eventually(60, "the first node ends") { !server.isRunning }
        server.waitUntilExit()
        try FileManager.default.copyItem(atPath: nodes[0] + "/data", toPath: nodes[1] + "/data")
        for name in ["galera.cache", "gvwstate.dat"] {
            try? FileManager.default.removeItem(atPath: nodes[1] + "/data/" + name)
        }
        servers.append(try start(nodes[0], first))
        servers.append(try start(nodes[1], second))
        try sql(sockets[0], "SELECT VERSION()")
        let said = try String(contentsOfFile: folder + "/client.log", encoding: .utf8)
        try TestTally.record(.mariadb, version: said.split(separator: "\n").last.map(String.init) ?? "")
    }

    deinit {
        for server in servers {
            if server.isRunning { kill(server.processIdentifier, SIGKILL) }
            server.waitUntilExit()
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A node that has fallen over by itself, if any has.
    var crash: NodeCrash? {
        // Nobody is served any more a moment before the process is known to have ended.
        for (server, socket) in zip(servers, sockets) where (try? sql(socket, "SELECT 1")) == nil {
            try? eventually(5, "the node ends") { !server.isRunning }
        }
        for (server, node) in zip(servers, ["a", "b"])
        where !server.isRunning && server.terminationReason == .uncaughtSignal {
            guard [SIGSEGV, SIGABRT].contains(server.terminationStatus) else { continue }
            let log = (try? String(contentsOfFile: folder + "/\(node)/server.log", encoding: .utf8)) ?? ""
            return NodeCrash(node: node, signal: server.terminationStatus, log: String(log.suffix(4000)))
        }
        return nil
    }

    private func start(_ node: String, _ options: [String]) throws -> Process {
        let server = try launch(
            "mariadbd",
            [
                "--datadir=\(node)/data", "--socket=\(node)/server.sock", "--pid-file=\(node)/pid", "--skip-networking",
                "--tmpdir=\(node)/tmp",
                "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M", "--wsrep-sst-method=nothing",
            ] + options, log: node + "/server.log")
        do {
            try eventually(60, "the node \(node) is ready") {
                guard server.isRunning else { throw TookTooLong(what: "the node \(node) starts") }
                return (try? sql(node + "/server.sock", "SELECT 1 FROM mysql.user LIMIT 1")) != nil
            }
        } catch {
            kill(server.processIdentifier, SIGKILL)
            server.waitUntilExit()
            throw error
        }
        return server
    }

    /// The joining node waits for its position, which the other one says: what the real scripts do around their copying.
    private func writeScript() throws {
        let script = """
            #!/bin/bash
            while [ "$#" -gt 0 ]; do
                case "$1" in --role) role=$2; shift ;; --gtid) position=$2; shift ;; esac
                shift
            done
            if [ "$role" = donor ]; then
                echo "$position" > '\(folder)/position.new' && mv '\(folder)/position.new' '\(folder)/position'
                echo "done $position"
            else
                echo "ready 127.0.0.1:1/nothing"
                for _ in $(seq 600); do [ -e '\(folder)/position' ] && break; sleep 0.1; done
                cat '\(folder)/position'
            fi
            """
        let path = folder + "/bin/wsrep_sst_nothing"
        try Data(script.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    private func sql(_ socket: String, _ statement: String) throws {
        let client = try launch(
            "mariadb", ["--socket=\(socket)", "--user=root", "-e", statement], log: folder + "/client.log")
        client.waitUntilExit()
        guard client.terminationStatus == 0 else { throw TookTooLong(what: "'\(statement)' runs") }
    }

    private func launch(_ program: String, _ arguments: [String], log: String) throws -> Process {
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let asRoot = getuid() == 0 && program != "mariadb" ? ["--user=root"] : []
        process.arguments = [program, "--no-defaults"] + asRoot + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PATH": "/usr/sbin:/usr/bin:/bin:/sbin"]
        ) { "\(folder)/bin:\($0):\($1)" }
        // Nobody else's temporary tables are cleared away by the one that installs; each server has a folder of its own.
        process.environment?["TMPDIR"] = folder + "/tmp"
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        try process.run()
        return process
    }
}

/// A server that ended by its own fault.
struct NodeCrash: Error, CustomStringConvertible {
    let node: String
    let signal: Int32
    let log: String
    var description: String { "node \(node) ended by signal \(signal): \(log)" }
}
