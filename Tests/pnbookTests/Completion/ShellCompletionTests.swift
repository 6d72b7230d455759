import Foundation
import Harness
import TestSupport
import Testing

/// The scripts in the shells that they are for: what is typed, with a tab behind it, and what becomes of it.
@Suite("Completion in the shells")
struct ShellCompletionTests {
    /// A folder with the program under its name, files of all kinds, and each shell's script.
    private static func place() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
        try files.createSymbolicLink(
            atPath: folder.path + "/bin/pnbook", withDestinationPath: try TestProgram.pnbook.path)
        try files.createDirectory(atPath: folder.path + "/desk/catalogue/inner", withIntermediateDirectories: true)
        for name in ["pnbook.conf", "cat.csv"] { _ = try folder.write("", to: "desk/" + name) }
        for shell in ["bash", "zsh", "fish"] {
            let script = try RunProgram(["--generate-completion-script", shell]).run()
            #expect(script.code == 0 && script.stderr == "")
            _ = try folder.write(script.stdout, to: "script." + shell)
        }
        return folder
    }

    private static func environment(_ folder: ScratchFolder, _ database: TestDatabase) throws -> [String: String] {
        [
            "PATH": folder.path + "/bin:/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "TERM": "dumb",
            "PNBOOK_DATABASE": try database.url, "XDG_CONFIG_HOME": folder.path, "XDG_DATA_HOME": folder.path,
            "LC_ALL": "C.UTF-8",
        ]
    }

    /// What is typed, and the words that the program would get.
    private static let lines = [
        ("load cata", "load catalogue/"), ("list --config pnb", "list --config pnbook.conf"),
        ("list --config=pnb", "list --config=pnbook.conf"), ("show PNBOOK-2026-11-20", "show PNBOOK-2026-11-20-001"),
        ("list --timezone Europe/Mosc", "list --timezone Europe/Moscow"), ("prune --dry", "prune --dry-run"),
        ("list --progress=pl", "list --progress=plain"), ("migrate sta", "migrate status"),
        ("export active --to ca", "export active --to cat"),
    ]

    @Test("bash and zsh complete at the keyboard", arguments: ["bash", "zsh"])
    func typed(shell: String) throws {
        let folder = try Self.place()
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1))
        let setUp =
            shell == "bash"
            ? "PS1=; source ../script.bash; bind 'set bell-style none'"
            : "PS1=; autoload -U compinit; compinit -D -u; unsetopt beep; source ../script.zsh"
        // The program is not run: a function of its name repeats its words. The last line is ambiguous for zsh.
        var input = setUp + "\npnbook() { echo \"[$*]\"; }\n"
        let lines = shell == "bash" ? Self.lines : Array(Self.lines.dropLast())
        for (typed, _) in lines { input += "pnbook \(typed)\t\n" }
        let command = shell == "bash" ? "bash --norc --noprofile -i" : "zsh -f -i"
        let child = try ChildRun(
            ["script", "--quiet", "--return", "--command", command, "/dev/null"],
            environment: try Self.environment(folder, database), folder: folder.path + "/desk",
            input: .file(try folder.write(input + "exit\n", to: "typed")))
        _ = try? child.result(60)
        for (typed, expected) in lines {
            // zsh takes the slash that it has added off again where the line ends.
            let words = shell == "zsh" && expected.hasSuffix("/") ? String(expected.dropLast()) : expected
            #expect(child.stdout.contains("[\(words)]"), "\(typed) in \(child.stdout.debugDescription)")
        }
    }

    @Test("fish offers what fits")
    func fish() throws {
        let folder = try Self.place()
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1))
        let questions = Self.lines.map { "echo '?' \($0.0); complete -C 'pnbook \($0.0)'" }
        let result = try ChildRun(
            ["fish", "--no-config", "-c", (["source ../script.fish"] + questions).joined(separator: "\n")],
            environment: try Self.environment(folder, database), folder: folder.path + "/desk"
        ).result(60)
        let answers = result.stdout.split(separator: "? ").map { answer in
            answer.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "\t" }) }
        }
        #expect(answers.count == Self.lines.count, "\(result.stdout) \(result.stderr)")
        for (answer, line) in zip(answers, Self.lines) {
            let last = String(line.1.split(separator: " ").last ?? "")
            #expect(answer.contains { $0.hasPrefix(last) }, "\(line.0): \(answer)")
        }
    }

    @Test("A database that cannot be reached is passed over without a word, and soon")
    func unreachable() throws {
        let began = ContinuousClock.now
        for url in ["mariadb://nobody@127.0.0.1:1/none?tls=disable", "sqlite:/nowhere/at/all.db", "nonsense"] {
            let result = try RunProgram(["complete", "bash", "show", "--database", url, ""]).run()
            #expect(result.code == 0 && result.stderr == "")
            #expect(result.stdout.hasPrefix("words\nactive\t"))
            #expect(!result.stdout.contains("PNBOOK-"))
        }
        #expect(ContinuousClock.now - began < .seconds(30))
    }

    @Test("A command that may ask for a password is not run")
    func noPassword() throws {
        let folder = try ScratchFolder()
        let mark = folder.path + "/asked"
        let result = try RunProgram([
            "complete", "zsh", "show", "--database", "mariadb://a@127.0.0.1:1/b?tls=disable", "--password-command",
            "touch " + mark, "",
        ]).run()
        #expect(result.code == 0 && result.stdout.hasPrefix("words\n") && result.stderr == "")
        #expect(!FileManager.default.fileExists(atPath: mark))
    }
}
