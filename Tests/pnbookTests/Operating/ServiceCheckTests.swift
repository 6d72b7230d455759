import Foundation
import Harness
import TestSupport
import Testing

/// Whether `doctor` finds that an installed service cannot run with the configuration in force.
@Suite("doctor and the installed service")
struct ServiceCheckTests {
    /// A machine whose systemd has the units that `service` printed, as far as `doctor` asks it.
    private final class Machine {
        let folder: ScratchFolder
        let config: String

        /// - Parameter isEnabled: whether the timer starts the service.
        init(isEnabled: Bool) throws {
            folder = try ScratchFolder()
            config = folder.path + "/pnbook.conf"
            let script = try folder.write(
                """
                #!/bin/sh
                case "$1 $2" in
                "show pnbook.service")
                    echo LoadState=loaded
                    grep -E '^(User|DynamicUser)=' \(folder.path)/pnbook.service ;;
                "cat pnbook.service" | "cat pnbook.timer") echo "# $2"; cat \(folder.path)/$2 ;;
                "is-enabled pnbook.timer") echo \(isEnabled ? "enabled" : "disabled") ;;
                *) exit 1 ;;
                esac
                """, to: "systemctl")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        }

        func configure(_ lines: String...) throws {
            _ = try folder.write(lines.map { $0 + "\n" }.joined(), to: "pnbook.conf")
        }

        func run(_ verb: String, _ flags: [String] = []) throws -> ProgramResult {
            var program = RunProgram([verb, "--config", config] + flags)
            program.environment = ["PATH": folder.path + ":/usr/bin:/bin", "HOME": folder.path]
            return try program.run()
        }

        /// Writes the units for what is configured now.
        func install(user: String) throws {
            let result = try run("service", ["--user", user, "--to", folder.path])
            #expect(result.code == 0, "\(result.stderr)")
        }

        /// What `doctor` says of the service, without what is in order.
        func findings(_ flags: [String] = []) throws -> [String] {
            let findings = try run("doctor", ["--json"] + flags).json["findings"]?.elements ?? []
            return findings.filter { $0["topic"] == "service" }.map {
                "\($0["level"]?.string ?? ""): \($0["found"]?.string ?? "") -> \($0["fix"]?.string ?? "")"
            }
        }
    }

    /// A path as systemd wants it.
    private func plain(_ path: String) -> String { path.replacing(/\/+/, with: "/") }

    private static let url = "mariadb://pnbook@127.0.0.1:1/shop"
    private static let print =
        "Print units for this configuration: pnbook service --user root --to /etc/systemd/system "
        + "&& systemctl daemon-reload"

    @Test("Units that were printed for the configuration fit it, whatever it has")
    func fitting() throws {
        let machine = try Machine(isEnabled: true)
        let secret = try machine.folder.write("s3cr3t", to: "password")
        let options = try machine.folder.write("[pnbook]\npassword=s3cr3t\n", to: "my.cnf")
        for lines in [
            ["database = \(Self.url)", "password-file = \(secret)", "timezone = Asia/Tokyo"],
            ["database = \(Self.url)", "defaults-file = \(options)", "metrics = /var/lib/metrics/pnbook.prom"],
            ["database = mariadb://pnbook@localhost/shop"],
            ["database = sqlite:\(machine.folder.path)/books.db"],
        ] {
            _ = try machine.folder.write(lines.map { $0 + "\n" }.joined(), to: "pnbook.conf")
            try machine.install(user: "root")
            #expect(try machine.findings() == [], "\(lines)")
        }
    }

    @Test("What the units do not hand over or let through is named, with the command that prints others")
    func lacking() throws {
        for isEnabled in [true, false] {
            let level = isEnabled ? "broken" : "note"
            let machine = try Machine(isEnabled: isEnabled)
            try machine.configure("database = mariadb://pnbook@localhost/shop")
            try machine.install(user: "root")
            let secret = plain(try machine.folder.write("s3cr3t", to: "password"))
            try machine.configure(
                "database = \(Self.url)", "password-file = \(secret)", "timezone = Asia/Tokyo",
                "metrics = /var/lib/metrics/pnbook.prom")
            let findings = try machine.findings()
            #expect(
                findings == [
                    "\(level): the service is not given \(secret) -> \(Self.print)",
                    "note: the service's units do not let it write to /var/lib/metrics -> \(Self.print)",
                    "\(level): the service's units give it no network -> \(Self.print)",
                    "note: the service's timer goes by UTC, and the configuration by Asia/Tokyo -> \(Self.print)",
                ])
            // Another database for once says nothing of the nights, and another file is another service's.
            #expect(try machine.findings(["--database", "sqlite:/nowhere/books.db"]) == [])
            let other = try machine.folder.write(
                "database = \(Self.url)\npassword-file = \(secret)\n", to: "other.conf")
            #expect(try machine.findings(["--config", other]) == [])
        }
    }

    @Test("A SQLite file that the service's user may not write is found, also where the one who looks may")
    func foreignFile() throws {
        let machine = try Machine(isEnabled: true)
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        try machine.configure("database = sqlite:\(database.path)")
        try machine.install(user: "nobody")
        var findings = try machine.findings()
        #expect(
            findings == [
                "broken: the service runs as nobody, who may not write to \(database.path) -> Give the file to nobody, "
                    + "with what lies beside it: chown nobody: \(database.path)*"
            ])
        let dynamic = try String(contentsOfFile: machine.folder.path + "/pnbook.service", encoding: .utf8)
            .replacing("User=nobody", with: "DynamicUser=yes").replacing(/ReadWritePaths=.*/, with: "")
        _ = try machine.folder.write(dynamic, to: "pnbook.service")
        let units =
            "Print units for this configuration: pnbook service --to /etc/systemd/system && systemctl daemon-reload"
        findings = try machine.findings()
        #expect(
            findings == [
                "broken: the service's units do not let it write to \(plain(database.folder)) -> \(units)",
                "broken: the service runs as a user of systemd's making, who may not write to \(database.path) -> \(units)",
            ])
    }

    @Test("A certificate that root alone may read is none for the service's user")
    func unreadableCertificate() throws {
        let machine = try Machine(isEnabled: true)
        let certificate = plain(try machine.folder.write("-", to: "ca.pem"))
        try machine.configure("database = \(Self.url)?tls-ca=\(certificate)")
        try machine.install(user: "nobody")
        let findings = try machine.findings()
        #expect(
            findings == [
                "broken: the service may not read \(certificate) -> Let the service's user read it: chmod go+r \(certificate)"
            ])
    }

    @Test("A service that starts another program than the one that was asked is named")
    func otherProgram() throws {
        let machine = try Machine(isEnabled: true)
        try machine.configure("database = \(Self.url)")
        try machine.install(user: "root")
        let unit = try String(contentsOfFile: machine.folder.path + "/pnbook.service", encoding: .utf8)
        _ = try machine.folder.write(
            unit.replacing(/ExecStart=[^ ]*/, with: "ExecStart=/usr/local/bin/pnbook"), to: "pnbook.service")
        let findings = try machine.findings()
        #expect(findings.count == 1)
        #expect(
            findings.first?.hasPrefix("note: the service starts /usr/local/bin/pnbook, and this program is /") == true)
    }
}
