import ArgumentParser
import Chronology

/// `pnbook manual`: the man page.
struct Manual: Command {
    static let configuration = CommandConfiguration(
        abstract: "Print the manual page.",
        discussion: """
            Made of the help texts. To install it, and to complete verbs and flags in the shell:

              pnbook manual > /usr/local/share/man/man1/pnbook.1
              pnbook --generate-completion-script bash > /etc/bash_completion.d/pnbook
            """)

    static let needs = ContextRequirement.nothing

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: AppContext) throws {
        let tool = try HelpDump(dump: Pnbook._dumpHelp())
        try context.output.write(ManualPage(tool.command, date: context.zone.date(at: context.now)).text)
    }
}
