import ArgumentParser
import ErrorModel
import FoundationEssentials
import Glibc
import Operations

/// The outcome of a command line that is not run: a help text, the version, or a usage error.
struct ParsingFailure {
    private let error: any Error

    init(_ error: any Error) {
        self.error = error
    }

    /// Prints it, and returns the exit code.
    func end(_ streams: CommandContext.Streams) -> Int32 {
        let isJSON = CommandLine.arguments.contains("--json")
        switch Pnbook.exitCode(for: error) {
        case .success:
            // --help and --version: the text is the result.
            do {
                let text = Pnbook.fullMessage(for: error)
                try streams.output.write(document: arranged(text, width: streams.output.columns) + "\n")
                return 0
            } catch {
                return FailureWriter(streams: streams, isJSON: false).end(error, task: nil, location: nil)
            }
        case .validationFailure:
            let words = Array(CommandLine.arguments.dropFirst())
            let message = QuotedArguments(words).shown(
                in: message(about: words, width: streams.errors.columns))
            try? streams.errors.write(.lines(message) + "\n", priority: .error)
            let first = message.split(separator: "\n").first.map { $0.trimmingPrefix("Error: ") } ?? message[...]
            return FailureWriter(streams: streams, isJSON: isJSON)
                .endAfterText(ErrorReport(of: UsageError(DisplayText(first))), task: nil)
        default:
            return FailureWriter(streams: streams, isJSON: isJSON).end(error, task: nil, location: nil)
        }
    }

    /// A help text as a page; the version as it is, for the description of all verbs takes longer than everything else.
    private func arranged(_ text: String, width: Int) -> String {
        guard text != Pnbook.configuration.version, let root = Self.root else { return text }
        return HelpPage(root).arranged(text, width: width)
    }

    /// The parser's message, with what was probably meant.
    private func message(about words: [String], width: Int) -> String {
        let full = Pnbook.fullMessage(for: error)
        guard let root = Self.root else { return full }
        var lines = full.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let suggestion = Suggestion(root)
        if let verb = suggestion.message(forVerbIn: words) {
            lines[0] = "Error: " + verb
        } else if lines[0].contains(" is invalid for "), let value = suggestion.addition(forValueIn: words) {
            lines[0] += value
        }
        return HelpPage(root).withShortUsage(lines.joined(separator: "\n"), width: width)
    }

    private static var root: HelpDump.Command? { try? HelpDump(dump: Pnbook._dumpHelp()).command }
}
