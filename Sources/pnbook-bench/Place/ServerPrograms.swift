import Foundation

/// MariaDB's own programs, and how a private server of production's habits is started with them.
enum ServerPrograms {
    /// Debian keeps the server where a user's `PATH` does not look.
    static var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]) { $0 + ":" + $1 }
    }

    /// What a production server has and a fresh one may not: durable commits, room for a catalogue in memory, and a redo
    /// log that a book fits into.
    static let settings = [
        "--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M",
    ]

    private static var user: [String] { getuid() == 0 ? ["--user=root"] : [] }

    /// Makes the server's own tables in `folder`, and returns the words that start it there.
    static func install(in folder: String) throws -> [String] {
        let log = folder + "/install.log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["mariadb-install-db", "--no-defaults"] + user
            + ["--datadir=\(folder)/data", "--auth-root-authentication-method=normal"] + settings
        // A server that starts clears away the temporary tables of whoever shares its folder for them.
        let temporary = folder + "/tmp"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        process.environment = environment.merging(["TMPDIR": temporary]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            throw BenchError("mariadb-install-db failed; is mariadb-server-core installed?\n\(said)")
        }
        return ["mariadbd", "--no-defaults"] + user + [
            "--datadir=\(folder)/data", "--socket=\(socket(in: folder))", "--skip-networking",
            "--pid-file=\(folder)/data/pid", "--tmpdir=\(temporary)",
        ] + settings
    }

    static func socket(in folder: String) -> String { folder + "/socket" }
}
