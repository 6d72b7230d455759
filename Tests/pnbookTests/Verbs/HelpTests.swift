import Foundation
import Harness
import Operations
import Testing

/// The help texts: what an admin finds without leaving the terminal.
@Suite("Help")
struct HelpTests {
    private static let common = [
        "--config", "--database", "--password-file", "--password-command", "--defaults-file", "--timezone",
        "--triggered-by", "--now", "--json",
        "--quiet",
    ]

    /// Each verb and the flags and arguments of its own.
    static let verbs: [([String], [String])] = [
        (
            ["create"],
            [
                "--dry-run", "--migrate", "--allow-shrink", "--created-by", "--fail-on-warnings", "--only-new-warnings",
                "--retry-for",
            ]
        ),
        (["export"], ["<book>", "--to", "<file>", "--format", "--plain", ".db", ".csv", ".ndjson", ".xlsx"]),
        (["list"], ["--calendar"]), (["show"], ["<book>"]), (["explain"], ["<pn>", "--every-spelling"]),
        (
            ["verify"],
            [
                "<book>", "--reader-database", "<url>", "--reader-password-file", "<file>", "--against-catalogue",
                "--max-lag", "<count>",
            ]
        ),
        (["prune"], ["--dry-run", "--approve", "<hash>", "--calendar"]),
        (
            ["simulate"],
            [
                "--years", "--every", "--books", "<file>", "--keep-daily", "--keep-weekly", "--keep-monthly",
                "--keep-yearly", "--calendar", "created_at",
            ]
        ),
        (["doctor"], []), (["metrics"], ["--to", "<file>", "93600"]), (["config", "show"], ["pnbook.conf"]),
        (["service"], ["--at", "--jitter", "--user", "--on-failure", "--program", "--to", "--web", "systemctl"]),
        (["schema"], ["<name>", "task-list", "2020-12"]), (["manual"], ["--generate-completion-script"]),
        (["migrate", "plan"], []), (["migrate", "up"], []),
        (["migrate", "status"], ["10"]),
        (["load"], ["<dir>", "--replace", "--migrate", "lot_partnumbers.csv", "RFC 4180", "\\N"]),
        (["task", "list"], ["--limit"]), (["task", "show"], ["<id>"]),
    ]

    /// A run without a database, in a folder where none can be.
    private static func run(_ arguments: [String]) throws -> ProgramResult {
        let folder = try ScratchFolder()
        var program = RunProgram(arguments)
        program.folder = folder.path
        return try program.run()
    }

    @Test("Every verb's --help exits 0 and mentions its flags and the common ones", arguments: verbs)
    func verbHelp(verb: [String], flags: [String]) throws {
        for arguments in [verb + ["--help"], verb + ["-h"], ["help"] + verb] {
            let result = try Self.run(arguments)
            #expect(result.code == 0)
            #expect(result.stderr == "")
            for flag in flags + Self.common { #expect(result.stdout.contains(flag), "\(arguments) without \(flag)") }
            #expect(result.stdout.contains("USAGE: pnbook \(verb.joined(separator: " "))"))
        }
    }

    @Test("A command that a help text shows fits into a line, so that it can be pasted", arguments: verbs)
    func commandLines(verb: [String], flags: [String]) throws {
        var program = RunProgram(["help"] + verb)
        program.environment = ["COLUMNS": "400"]
        let lines = try program.run().stdout.split(separator: "\n")
        let programs = ["pnbook", "sudo", "openssl", "journalctl", "systemctl"]
        let commands = lines.filter { line in programs.contains { line.hasPrefix("  \($0) ") } }
        #expect(commands.filter { $0.count > 80 } == [])
    }

    @Test("The flags that the environment can stand for name their variables")
    func variables() throws {
        let text = try Self.run(["create", "--help"]).stdout
        for name in ["PNBOOK_DATABASE", "PNBOOK_PASSWORD_FILE", "PNBOOK_TIMEZONE", "sqlite:pnbook.db", "UTC"] {
            #expect(text.contains(name))
        }
    }

    @Test("The root's help has every verb and every exit code")
    func rootHelp() throws {
        let result = try Self.run(["--help"])
        #expect(result.code == 0)
        let lines = result.stdout.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace).first ?? "" }
        for verb in [
            "create", "list", "show", "diff", "explain", "verify", "activate", "export", "prune", "simulate", "migrate",
            "load", "task", "doctor", "metrics", "service", "config", "schema", "manual",
        ] {
            #expect(lines.contains { $0 == verb }, "no verb \(verb)")
        }
        for code in ["0", "1", "3", "10", "12", "13", "14", "64", "65", "69", "74", "75", "77", "78"] {
            #expect(lines.contains { $0 == code }, "no exit code \(code)")
        }
        #expect(try Self.run(["help"]).stdout == result.stdout)
    }

    @Test("--version is one line: the version, and the commit where the build was told one")
    func version() throws {
        let result = try Self.run(["--version"])
        #expect(result.code == 0)
        let match = try #require(result.stdout.wholeMatch(of: /(\d+\.\d+\.\d+)(?: \([0-9a-f]{12}\+?\))?\n/))
        #expect(match.1 == ProgramVersion.number)
        #expect(ProgramVersion.line(commit: "4cf93e9a12bc") == "\(ProgramVersion.number) (4cf93e9a12bc)")
        #expect(ProgramVersion.line(commit: "") == ProgramVersion.number)
    }
}
