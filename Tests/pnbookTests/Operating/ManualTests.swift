import Foundation
import Harness
import TestSupport
import Testing

/// The manual page and the completions, both made by the argument parser's own description.
@Suite("Manual and completions")
struct ManualTests {
    @Test("The page is right by mandoc's own check, and reads well")
    func page() throws {
        let folder = try ScratchFolder()
        let result = try RunProgram(["manual", "--now", "2026-11-20T03:00:00Z"]).run()
        #expect(result.code == 0)
        let file = try folder.write(result.stdout, to: "pnbook.1")
        let check = try ChildRun.run(["mandoc", "-Tlint", "-Wwarning", file])
        #expect(check.code == 0 && check.said == "", "\(check.said)")
        let text = try ChildRun.run(["mandoc", "-Tascii", "-Owidth=100", file]).said
            .replacing(/.\u{8}/, with: "")
        for word in [
            "pnbook - makes, publishes and retains partnumber books", "create", "task watch [id]", "verify [book]",
            "Examples:", "pnbook prune --approve HASH", "--database url",
            "--allow-shrink", "PNBOOK_PASSWORD_COMMAND", "/etc/pnbook/pnbook.conf", "another run holds the database",
            "130", "143", "November 20, 2026",
        ] {
            #expect(text.contains(word), "no '\(word)'")
        }
        // What all verbs have is listed once.
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
        #expect(result.stdout.contains(" complete \(shell) "))
        guard shell == "bash" else { return }
        let folder = try ScratchFolder()
        let check = try ChildRun.run(["bash", "-n", try folder.write(result.stdout, to: "pnbook.bash")])
        #expect(check.code == 0, "\(check.said)")
    }
}
