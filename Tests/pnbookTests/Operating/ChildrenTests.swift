import Foundation
import Harness
import TestSupport
import Testing

/// What the programs that are started get of ours: the monitor's curl, and the password command.
@Suite("Children")
struct ChildrenTests {
    /// A shell script that writes down what it has inherited.
    private static func script(_ folder: ScratchFolder, named name: String, then last: String) throws -> String {
        try folder.write(
            """
            #!/bin/sh
            env > \(folder.path)/env
            ls -l /proc/$$/fd > \(folder.path)/fds
            while read -r line; do case $line in Sig[BI]*) echo "$line" ;; esac; done < /proc/$$/status > \(folder.path)/signals
            \(last)
            """, to: name, mode: 0o755)
    }

    private static func text(_ folder: ScratchFolder, _ name: String) throws -> String {
        try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
    }

    /// That nothing of ours was handed down.
    private static func expectNothingOfOurs(_ folder: ScratchFolder) throws {
        let fds = try text(folder, "fds")
        #expect(!fds.contains("socket:") && !fds.contains("books.db") && !fds.contains("inherited"), "\(fds)")
        #expect(try !text(folder, "env").contains("PNBOOK_"))
        let signals = try text(folder, "signals")
        for line in signals.split(separator: "\n") {
            let set = UInt64(line.split(whereSeparator: \.isWhitespace).last ?? "", radix: 16)
            // But for two signals of the C library's own, which no program sees.
            #expect(set.map { $0 & ~0x1_8000_0000 } == 0, "\(signals)")
        }
    }

    @Test("curl gets no connection, no variable of ours and no secret", arguments: TestEngine.allCases)
    func curl(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let folder = try ScratchFolder()
        _ = try Self.script(folder, named: "curl", then: "cat > /dev/null; printf '200 '")
        let result = try database.pnbook(
            ["create"],
            environment: [
                "PNBOOK_PING_URL": "http://127.0.0.1:1/s3cr3t",
                "AWS_SECRET_ACCESS_KEY": "s3cr3t",
                "https_proxy": "http://proxy:1", "PATH": folder.path + ":/usr/bin:/bin",
            ])
        #expect(result.code == 0 && result.stderr.isEmpty, "\(result.stderr)")
        try Self.expectNothingOfOurs(folder)
        #expect(try !Self.text(folder, "env").contains("s3cr3t"))
        #expect(try Self.text(folder, "env").contains("https_proxy=http://proxy:1"))
    }

    @Test("A curl that does not read what it is told, and one that leaves a process behind, change nothing")
    func carelessCurl() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        for last in ["exec true", "sleep 50 & exec true", "yes"] {
            let folder = try ScratchFolder()
            _ = try Self.script(folder, named: "curl", then: last)
            let result = try database.pnbook(
                ["create"],
                environment: ["PNBOOK_PING_URL": "http://127.0.0.1:1/x", "PATH": folder.path + ":/usr/bin:/bin"])
            #expect(result.code == 0, "\(last): \(result.stderr)")
            #expect(result.stderr.contains("printed more than 64 KiB") == (last == "yes"), "\(result.stderr)")
        }
    }

    @Test("A password command gets the user's environment, and nothing else")
    func passwordCommand() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 2))
        let user = try LimitedUser(on: database, rights: ["SELECT"])
        let folder = try ScratchFolder()
        let secret = try folder.write(user.password + "\n", to: "password")
        let script = try Self.script(folder, named: "command", then: "cat \(secret)")
        let inherited = try folder.write("", to: "inherited")
        let result = try ChildRun.run(
            [
                "sh", "-c", "trap '' HUP USR1 CHLD; exec 9< \(inherited); exec \"$@\"", "sh",
                try TestProgram.pnbook.path,
                "list", "--database", try database.url(user: user.name),
            ],
            environment: [
                "PATH": "/usr/bin:/bin", "VAULT_TOKEN": "t", "XDG_CONFIG_HOME": "/dev/null",
                "PNBOOK_PASSWORD_COMMAND": script,
            ])
        #expect(result.code == 0, "\(result.stderr)")
        try Self.expectNothingOfOurs(folder)
        #expect(try Self.text(folder, "env").contains("VAULT_TOKEN=t"))
    }

    @Test("A password command that prints without end is stopped, and its code counts whatever the parent ignores")
    func endings() throws {
        let url = "mariadb://x@localhost/y?socket=/nowhere"
        for (command, words) in [
            ("yes", "printed more than 64 KiB and was stopped"), ("yes | tr -d '\\n'", "printed more than 64 KiB"),
            ("exit 3", "ended with code 3"), ("kill -KILL $$", "ended with code 137"),
        ] {
            for start in [[], ["env", "--ignore-signal=CHLD"]] {
                try ChildRun.run(
                    start + [try TestProgram.pnbook.path, "list", "--database", url, "--password-command", command],
                    environment: ["PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": "/dev/null"]
                ).expectRefusal(78, saying: words)
            }
        }
    }
}
