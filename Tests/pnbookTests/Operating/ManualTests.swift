import Foundation
import TestSupport
import Testing

/// The manual page and the completions, both made by the argument parser's own description.
@Suite("Manual and completions")
struct ManualTests {
    /// Runs another program on a file to its end; its code and all it says.
    private static func run(_ words: [String], on file: String) throws -> (code: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words + [file]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test("The page is right by mandoc's own check, and reads well")
    func page() throws {
        let folder = try ScratchFolder()
        let result = try RunProgram(["manual", "--now", "2026-11-20T03:00:00Z"]).run()
        #expect(result.code == 0)
        let file = try folder.write(result.stdout, to: "pnbook.1")
        let check = try Self.run(["mandoc", "-Tlint", "-Wwarning"], on: file)
        #expect(check.code == 0 && check.text == "", "\(check.text)")
        let text = try Self.run(["mandoc", "-Tascii", "-Owidth=100"], on: file).text
            .replacing(/.\u{8}/, with: "")
        for word in [
            "pnbook - makes, publishes and retains partnumber books", "create", "task watch id", "--database url",
            "--allow-shrink", "PNBOOK_PASSWORD_COMMAND", "/etc/pnbook/pnbook.conf", "another run holds the database",
            "130", "143", "November 20, 2026",
        ] {
            #expect(text.contains(word), "no '\(word)'")
        }
        // What all verbs have stands once.
        #expect(text.components(separatedBy: "--triggered-by who").count == 2)
    }

    @Test("Every verb of the help has its section")
    func verbs() throws {
        let page = try RunProgram(["manual"]).run().stdout
        let help = try RunProgram(["--help"]).run().stdout
        let verbs = help.split(separator: "\n").drop { !$0.hasPrefix("SUBCOMMANDS") }.dropFirst()
            .prefix { $0.hasPrefix("  ") }.compactMap { $0.wholeMatch(of: #/  ([a-z]+)( .*)?/#)?.1 }
        #expect(verbs.count >= 12)
        for verb in verbs {
            #expect(page.contains("\n.Ss \(verb)"), "no section \(verb)")
        }
    }

    @Test("The shells take their completions", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let result = try RunProgram(["--generate-completion-script", shell]).run()
        #expect(result.code == 0)
        #expect(result.stdout.contains("allow-shrink") && result.stdout.contains("doctor"))
        guard shell == "bash" else { return }
        let folder = try ScratchFolder()
        let check = try Self.run(["bash", "-n"], on: try folder.write(result.stdout, to: "pnbook.bash"))
        #expect(check.code == 0, "\(check.text)")
    }
}
