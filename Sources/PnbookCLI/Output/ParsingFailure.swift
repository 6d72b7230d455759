import ArgumentParser
import Foundation
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
                try streams.output.write(document: Pnbook.fullMessage(for: error) + "\n")
                return 0
            } catch {
                return FailureWriter(streams: streams, isJSON: false).end(error, task: nil, location: nil)
            }
        case .validationFailure:
            let message = QuotedArguments(CommandLine.arguments.dropFirst()).shown(in: Pnbook.fullMessage(for: error))
            try? streams.errors.write(.lines(message) + "\n", priority: .error)
            let first = message.split(separator: "\n").first.map { $0.trimmingPrefix("Error: ") } ?? message[...]
            return FailureWriter(streams: streams, isJSON: isJSON)
                .endAfterText(ErrorReport(of: UsageError(description: String(first))), task: nil)
        default:
            return FailureWriter(streams: streams, isJSON: isJSON).end(error, task: nil, location: nil)
        }
    }
}
