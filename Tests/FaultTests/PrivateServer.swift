import Foundation
import TestSupport

/// A MariaDB of one test's own, to be killed, restarted and starved. Its data goes with the last reference.
final class PrivateServer {
    let socket: String
    private let folder: String
    private let options: [String]
    private var process: Process?

    /// - Parameter options: further options of `mariadbd`.
    init(_ options: [String] = []) throws {
        folder = NSTemporaryDirectory() + "/pnbook-server-" + UUID().uuidString.prefix(8).lowercased()
        socket = folder + "/server.sock"
        self.options = options
        // A server that starts clears away the temporary tables of whoever shares its folder for them; and so does the one
        // that installs.
        try FileManager.default.createDirectory(atPath: folder + "/tmp", withIntermediateDirectories: true)
        try install()
        try start()
        try sql("SELECT VERSION()")
        try TestTally.record(.mariadb, version: said("client").split(separator: "\n").last.map(String.init) ?? "")
    }

    private func install() throws {
        for _ in 0..<Self.attempts {
            try? FileManager.default.removeItem(atPath: folder + "/data")
            let install = try launch(
                "mariadb-install-db",
                Self.user + ["--datadir=\(folder)/data", "--auth-root-authentication-method=normal"] + options,
                log: folder + "/install.log")
            install.waitUntilExit()
            if install.terminationStatus == 0 { return }
        }
        throw TookTooLong(what: "mariadb-install-db succeeds; it says: \(said("install"))")
    }

    private func said(_ name: String) -> Substring {
        ((try? String(contentsOfFile: "\(folder)/\(name).log", encoding: .utf8)) ?? "").suffix(2000)
    }

    deinit {
        if let process, process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process?.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts the server and waits until it answers. One that ends by itself or says nothing is begun anew: what is tested
    /// is another program.
    func start() throws {
        for _ in 1..<Self.attempts where try begin() { return }
        guard try begin() else {
            throw TookTooLong(what: "the private server answers; it says: \(said("server"))")
        }
    }

    private static let attempts = 3

    /// - Returns: false where it did not come up; then it is gone.
    private func begin() throws -> Bool {
        let process = try launch(
            "mariadbd",
            Self.user + [
                "--datadir=\(folder)/data", "--socket=\(socket)", "--skip-networking", "--pid-file=\(folder)/pid",
                "--tmpdir=\(folder)/tmp",
                "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M",
            ] + options, log: folder + "/server.log")
        self.process = process
        var isUp = false
        try? eventually(60, "the private server answers or ends") {
            isUp = (try? sql("SELECT 1")) != nil
            return isUp || !process.isRunning
        }
        if !isUp { crash() }
        return isUp
    }

    /// `kill -9`, and waits until it is gone.
    func crash() {
        guard let process else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Runs a statement as root.
    func sql(_ statement: String) throws {
        let client = try launch(
            // Whose certificate a test has given the server is not this client's business.
            "mariadb", ["--skip-ssl", "--socket=\(socket)", "--user=root", "-e", statement], log: folder + "/client.log"
        )
        client.waitUntilExit()
        guard client.terminationStatus == 0 else {
            throw TookTooLong(what: (try? String(contentsOfFile: folder + "/client.log", encoding: .utf8)) ?? "")
        }
    }

    func url(_ schema: String, user: String = "root") -> String {
        "mariadb://\(user)@localhost/\(schema)?socket=\(socket)"
    }

    private static var user: [String] { getuid() == 0 ? ["--user=root"] : [] }

    private func launch(_ program: String, _ arguments: [String], log: String) throws -> Process {
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program, "--no-defaults"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["PATH": "/usr/sbin:/usr/bin:/bin:/sbin"]) {
            $0 + ":" + $1
        }.merging(["TMPDIR": folder + "/tmp"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        try process.run()
        return process
    }
}
