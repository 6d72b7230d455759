import ArgumentParser
import Foundation

/// The program's way in and out: parse, run, and one exit code for whatever happened.
@main
enum Main {
    static func main() {
        // A reader that goes away is an error we report, not a signal we die of.
        signal(SIGPIPE, SIG_IGN)
        let output = Output(descriptor: STDOUT_FILENO)
        let errors = Output(descriptor: STDERR_FILENO)
        do {
            var command = try Pnbook.parseAsRoot()
            if var verb = command as? any Verb {
                try verb.run(AppContext(verb.common, output: output, errors: errors))
            } else {
                try command.run()
            }
        } catch {
            exit(finish(error, output, errors))
        }
    }

    /// Says what went wrong on stderr, and returns the code for it.
    private static func finish(_ error: any Error, _ output: Output, _ errors: Output) -> Int32 {
        if let ending = error as? Ending { return ending.code }
        let parserCode = Pnbook.exitCode(for: error)
        if parserCode == .success {
            // --help and --version: the text is the result.
            do {
                try output.write(Pnbook.fullMessage(for: error) + "\n")
                return 0
            } catch {
                try? errors.write("pnbook: \(error)\n")
                return Outcome(of: error).code
            }
        }
        if parserCode == .validationFailure {
            try? errors.write(Pnbook.fullMessage(for: error) + "\n")
            return ExitStatus.usage.rawValue
        }
        let outcome = Outcome(of: error)
        try? errors.write("pnbook: \(outcome.message)\n")
        return outcome.code
    }
}

/// A verb that works on a database.
protocol Verb: ParsableCommand {
    var common: CommonOptions { get }
    mutating func run(_ context: AppContext) throws
}

extension Verb {
    /// ArgumentParser's own way in, for tests that parse and run; ``Main`` hands over a context instead.
    mutating func run() throws {
        try run(
            AppContext(common, output: Output(descriptor: STDOUT_FILENO), errors: Output(descriptor: STDERR_FILENO)))
    }
}

/// Ends the program with a code and without a message: everything has been said.
struct Ending: Error {
    let code: Int32
}
