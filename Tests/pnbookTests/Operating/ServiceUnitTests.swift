import Foundation
import Harness
import TestSupport
import Testing

@testable import Operations

/// What the service's unit does on its own: tries again, ends, tells of a failed night, writes metrics.
@Suite("The service's unit")
struct ServiceUnitTests {
    private static func service(_ flags: String...) throws -> ProgramResult {
        try RunProgram(
            ["service", "--database", "mariadb://pnbook@localhost/shop", "--program", "/usr/local/bin/pnbook"] + flags
        ).run()
    }

    @Test(
        "No start counts against the timer's; what is tried again is limited in the run, and of killed runs by a count")
    func limits() throws {
        let unit = try Self.service().stdout
        for line in [
            "StartLimitIntervalSec=0", "TimeoutStartSec=3h", "Restart=on-abnormal", "RestartSec=10min",
            "RuntimeDirectory=pnbook", "RuntimeDirectoryPreserve=restart", "SuccessExitStatus=130 143 SIGINT SIGTERM",
            "ExecStart=/usr/local/bin/pnbook create --triggered-by scheduled --quiet --retry-for 1h",
        ] {
            #expect(unit.contains("\n" + line + "\n"), "no line \(line)")
        }
        #expect(!unit.contains("StartLimitBurst"))
        #expect(!unit.contains("OnFailure"))
    }

    @Test("The count lets three killed runs through in a row, and says why the fourth is not started")
    func killedRuns() throws {
        let unit = try Self.service().stdout
        let line = try #require(unit.firstMatch(of: /ExecStartPre=\/bin\/sh -c '(.*)'\n/))
        let script = String(line.1).replacing("$$", with: "$")
        let folder = try ScratchFolder()
        let starts = try (1...4).map { _ -> ProgramResult in
            try ChildRun(
                ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin", "RUNTIME_DIRECTORY": folder.path]
            )
            .result(10)
        }
        #expect(starts.map(\.code) == [0, 0, 0, 1])
        #expect(starts.map(\.stderr).prefix(3) == ["", "", ""])
        #expect(starts[3].stderr == "<3>pnbook: the last 3 runs were killed; no further one is started\n")
    }

    @Test("--on-failure names units to start, and systemd takes them")
    func onFailure() throws {
        let folder = try ScratchFolder()
        let names = [
            "pnbook-failed@%n.service", "mail.service", "a@b.target", "x-y_z:1.2@%H\\x2d3.service", "status@%p.path",
        ]
        var program = RunProgram(
            ["service", "--database", "mariadb://pnbook@localhost/shop", "--program", "/bin/true", "--to", folder.path]
                + names.flatMap { ["--on-failure", $0] })
        program.environment = ["HOME": folder.path]
        let result = try program.run()
        #expect(result.code == 0, "\(result.stderr)")
        #expect(
            result.stderr.contains("mail.service is not installed; install it, or nobody is told of a failed night"))
        let unit = try String(contentsOfFile: folder.path + "/pnbook.service", encoding: .utf8)
        #expect(unit.contains("\nOnFailure=" + names.joined(separator: " ") + "\n"))
        let check = try ChildRun.run(["systemd-analyze", "verify", folder.path + "/pnbook.service"])
        #expect(!check.said.contains("OnFailure") && !check.said.contains("Failed to"), "\(check.said)")
    }

    @Test(
        "What is not a unit's name, or would start for ever, is refused",
        arguments: [
            "mail", "mail.sh", ".service", "@x.service", "pnbook-failed@.service", "a b.service", "a/b.service",
            "ä.service",
            "a%.service", "%n", "%z.service", "a\nUser=root.service", "a;b.service", "$(x).service", "pnbook.service",
            String(repeating: "a", count: 250) + ".service",
        ])
    func badNames(name: String) throws {
        try Self.service("--on-failure", name).expectRefusal(64, saying: "--on-failure")
    }

    @Test("Whom an installed service runs as, in systemd's own words")
    func installed() {
        let user = { (text: String) in InstalledService(properties: text).map { $0.user ?? "dynamic" } }
        #expect(user("LoadState=loaded\nUser=ann\nDynamicUser=no\n") == "ann")
        #expect(user("User=\nLoadState=loaded\nDynamicUser=no\n") == "root")
        #expect(user("LoadState=loaded\nUser=pnbook\nDynamicUser=yes\n") == "dynamic")
        #expect(user("LoadState=not-found\nUser=\nDynamicUser=no\n") == nil)
        #expect(user("") == nil)
    }

    @Test("Who may put a file in a place: every folder on the way counts, and whose file is there")
    func access() throws {
        let folder = try PublicFolder()
        let inner = folder.path + "/inner"
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
        let file = inner + "/pnbook.prom"
        let modes = { (outer: Int, mode: Int) in
            try FileManager.default.setAttributes([.posixPermissions: outer], ofItemAtPath: folder.path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: inner)
        }
        let may = { (user: String?) in FolderAccess.mayReplace(file, user: user) }
        try modes(0o755, 0o777)
        #expect(may(nil) == true && may("nobody") == true && may("root") == true)
        try modes(0o700, 0o777)
        #expect(may(nil) == false && may("nobody") == false && may("root") == true)
        try modes(0o755, 0o775)
        #expect(may(nil) == false && may("nobody") == false)
        try modes(0o755, 0o1777)
        #expect(may("nobody") == true)
        try "".write(toFile: file, atomically: false, encoding: .utf8)
        #expect(may("nobody") == false && may("root") == true, "a sticky folder keeps another user's file")
        #expect(FolderAccess.mayReplace("/nowhere/pnbook.prom", user: nil) == nil)
        #expect(may("no-such-user") == nil)
    }
}
