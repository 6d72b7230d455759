import ArgumentParser
import Chronology
import Operations

/// `pnbook manual`: the man page.
struct Manual: Command {
    static let configuration = CommandConfiguration(
        abstract: "Print the manual page.",
        discussion: """
            Made from the help texts. To install it, and to complete commands, options, files, books and tasks in the shell:

              pnbook manual > /usr/local/share/man/man1/pnbook.1
              pnbook --generate-completion-script bash > /etc/bash_completion.d/pnbook
              pnbook --generate-completion-script zsh \\
                > /usr/local/share/zsh/site-functions/_pnbook
              pnbook --generate-completion-script fish > /etc/fish/completions/pnbook.fish
            """)

    static let needs = ContextRequirement.nothing

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: CommandContext) throws {
        let tool = try HelpDump(dump: Pnbook._dumpHelp())
        let page = ManualPage(tool.command, date: context.run.zone.date(at: context.run.now))
        // The page is the result, also under --json and --quiet.
        try context.streams.output.write(document: page.text)
    }
}
