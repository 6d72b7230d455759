import ArgumentParser
import Database
import Foundation
import Logging
import Migrations

/// The program's way in and out: parse, run, and one exit code for whatever happened.
@main
enum Main {
    static func main() {
        // First of all: what is opened next would get their numbers.
        StandardStreams.fill()
        // A reader that goes away is an error we report, not a signal we die of.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that grows beyond a limit.
        signal(SIGXFSZ, SIG_IGN)
        // Before any thread is started: signals are taken by a thread of their own, see below.
        Signals.block()
        let output = Output(descriptor: STDOUT_FILENO)
        let errors = Output(descriptor: STDERR_FILENO)
        var place: String?
        do {
            var command = try Pnbook.parseAsRoot()
            try EmptyFlags.refuse(in: CommandLine.arguments)
            if var verb = command as? any Command {
                let context = try AppContext(
                    verb.common, needs: type(of: verb).needs, output: output, errors: errors)
                place = context.place
                if !type(of: verb).checksSecretsItself { try context.requireSecrets() }
                if let worker = verb as? any MutatingCommand, !worker.isDryRun {
                    try Signals.watch(context.cancellation) { number in
                        context.logger.warning("signal \(number): undoing the work; a second signal ends at once")
                    }
                } else {
                    Signals.unblock()
                }
                try verb.run(context)
            } else {
                try command.run()
            }
        } catch {
            exit(finish(error, at: place, output, errors))
        }
    }

    /// Says what went wrong on stderr, and returns the code for it.
    private static func finish(_ error: any Error, at place: String?, _ output: Output, _ errors: Output) -> Int32 {
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
            // A URL that lost its --database comes back as an unexpected argument, with whatever stands before its @.
            let message = Pnbook.fullMessage(for: error).replacing(/:\/\/[^@\s]*@/, with: "://…@")
            try? errors.write(message + "\n")
            return ExitStatus.usage.rawValue
        }
        let outcome = Outcome(of: error)
        // What is said of a schema is said of one database; which one may come from the environment.
        let prefix = error is SchemaError ? place.map { $0 + ": " } ?? "" : ""
        try? errors.write("pnbook: \(prefix)\(outcome.message)\n")
        return outcome.code
    }
}

/// What a verb works with.
enum ContextRequirement {
    case database
    case nothing
    /// Looks at the settings themselves, also at those that make no sense.
    case settings
}

/// A verb with the flags that every verb has.
protocol Command: ParsableCommand {
    static var needs: ContextRequirement { get }
    /// Asks itself whether secrets can be read, and tells whoever is to be told where they cannot.
    static var checksSecretsItself: Bool { get }
    var common: CommonOptions { get }
    mutating func run(_ context: AppContext) throws
}

/// A verb that changes something, as a task: a signal makes it undo its work.
protocol MutatingCommand: Command {
    var exclusive: ConcurrencyOptions { get }
    /// Changes nothing this time, so that a signal may do what it always does.
    var isDryRun: Bool { get }
}

extension Command {
    static var needs: ContextRequirement { .database }
    static var checksSecretsItself: Bool { false }

    /// ArgumentParser's own way in, for tests that parse and run; ``Main`` hands over a context instead.
    mutating func run() throws {
        try run(
            AppContext(
                common, needs: Self.needs, output: Output(descriptor: STDOUT_FILENO),
                errors: Output(descriptor: STDERR_FILENO)))
    }
}

extension MutatingCommand {
    var isDryRun: Bool { false }
}

/// Ends the program with a code and without a message: everything has been said.
struct Ending: Error {
    let code: Int32
}
