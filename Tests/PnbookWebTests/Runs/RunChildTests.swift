import Foundation
import Harness
import Operations
import TestSupport
import Testing

@testable import PnbookWeb

/// What a run's process gets of the page: what configures it, and nothing else.
@Suite("A run's process")
struct RunChildTests {
    /// In place of `pnbook`: writes down what it has inherited.
    private static func script(_ folder: ScratchFolder, then last: String) throws -> String {
        try folder.write(
            """
            #!/bin/sh
            env > \(folder.path)/env
            printf '%s\\n' "$@" > \(folder.path)/arguments
            ls -l /proc/$$/fd > \(folder.path)/fds
            cut -d' ' -f6 /proc/$$/stat > \(folder.path)/session; echo $$ >> \(folder.path)/session
            # By the shell itself: while it starts another program it blocks all signals.
            while read -r line; do case $line in Sig[BI]*) echo "$line" ;; esac; done < /proc/$$/status > \(folder.path)/signals
            \(last)
            """, to: "pnbook", mode: 0o755)
    }

    private static func text(_ folder: ScratchFolder, _ name: String) throws -> String {
        try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
    }

    @Test(
        "It has the configuration's variables, a session of its own, and no descriptor, signal or secret of the page's")
    func inherited() async throws {
        let folder = try ScratchFolder()
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        let program = try Self.script(folder, then: "exit 78")
        let bench = try WebBench(
            .sqlite, hasBook: false, program: program,
            variables: [
                "PNBOOK_TIMEZONE": "Europe/Berlin", "PNBOOK_PASSWORD_FILE": "/p", "PNBOOK_TRIGGERED_BY": "scheduled",
                "AWS_SECRET_ACCESS_KEY": "s3cr3t", "LISTEN_FDS": "1", "NOTIFY_SOCKET": "/run/x",
                "CREDENTIALS_DIRECTORY": "/c",
            ])
        let body = "{\"if_changed\":true,\"allow_shrink\":true,\"confirm\":\"allow_shrink\"}"
        // It has printed no document.
        #expect(try await bench.post(WebBench.books, body).error == "500 failed 1")
        let environment = try Self.text(folder, "env").split(separator: "\n").map(String.init)
        let url = try bench.database.url
        for line in [
            "PNBOOK_DATABASE=\(url)", "PNBOOK_TIMEZONE=Europe/Berlin", "PNBOOK_PASSWORD_FILE=/p",
            "CREDENTIALS_DIRECTORY=/c",
        ] {
            #expect(environment.contains(line), "no \(line)")
        }
        for name in ["AWS_", "LISTEN_", "NOTIFY_", "PNBOOK_TRIGGERED_BY", "PNBOOK_TEST"] {
            #expect(!environment.contains { $0.hasPrefix(name) }, "\(name)")
        }
        #expect(
            try Self.text(folder, "arguments")
                == "create\n--json\n--quiet\n--triggered-by=api:ann\n--if-changed\n--allow-shrink\n")
        // The three streams, and the shell's own script.
        let descriptors = try Self.text(folder, "fds").split(separator: "\n").filter { $0.contains("->") }
        #expect(
            !descriptors.contains {
                $0.contains("socket:") || $0.contains(folder.path + " ") || $0.hasSuffix(folder.path)
            })
        #expect(descriptors.contains { $0.contains(" 0 -> /dev/null") })
        let session = try Self.text(folder, "session").split(separator: "\n")
        #expect(session.count == 2 && session[0] == session[1])
        for line in try Self.text(folder, "signals").split(separator: "\n") {
            let set = UInt64(line.split(whereSeparator: \.isWhitespace).last ?? "", radix: 16)
            // But for two signals of the C library's own, which no program sees.
            #expect(set.map { $0 & ~0x1_8000_0000 } == 0, "\(line)")
        }
    }

    @Test(
        "What it prints before it has a task is passed on, with the status of its exit code",
        arguments: [
            (11, "409 busy 11"), (12, "500 x 12"), (14, "422 x 14"), (64, "400 x 64"), (65, "422 x 65"),
            (69, "503 x 69"),
            (75, "503 x 75"), (77, "500 x 77"), (78, "500 x 78"),
        ])
    func codes(code: Int, error: String) async throws {
        let folder = try ScratchFolder()
        let kind = code == 11 ? "busy" : "x"
        let document =
            "{\"schema\":1,\"task\":null,\"error\":{\"code\":\(code),\"kind\":\"\(kind)\",\"message\":\"m\",\"fix\":null}}"
        let program = try Self.script(folder, then: "echo '\(document)'; exit \(code)")
        let bench = try WebBench(.sqlite, hasBook: false, program: program)
        let answer = try await bench.post(WebBench.books, "{}")
        #expect(answer.error == error && answer.text == document + "\n")
        #expect((answer.headers["retry-after"] != nil) == (answer.status == 503))
    }

    @Test("Its temporary files lie where its output does, unless the environment says otherwise")
    func temporaryFolder() throws {
        for (given, expected) in [(nil, "state"), ("/var/tmp", "/var/tmp")] {
            let folder = try ScratchFolder()
            let state = try ScratchFolder()
            let program = try Self.script(folder, then: "exit 0")
            let installed = try InstalledProgram(path: program, environment: given.map { ["TMPDIR": $0] } ?? [:])
            #expect(try installed.start(["create"], outputIn: state.path).wait() == 0)
            let line = "TMPDIR=" + (expected == "state" ? state.path : expected)
            #expect(try Self.text(folder, "env").split(separator: "\n").contains { $0 == line })
        }
    }

    @Test("A program that anyone may change, and one that is no program, is not started")
    func untrusted() throws {
        let folder = try ScratchFolder()
        let open = try folder.write("#!/bin/sh\n", to: "open", mode: 0o777)
        let plain = try folder.write("", to: "plain", mode: 0o644)
        for path in [open, plain, folder.path, folder.path + "/none", "pnbook"] {
            #expect(throws: (any Error).self) { try InstalledProgram(path: path, environment: [:]) }
        }
    }
}
