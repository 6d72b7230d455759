import ArgumentParser
import Database
import FoundationEssentials
import Glibc
import Logging
package import Operations
import Tasks

/// The program's entry point: parses, runs, and ends with one exit code.
package enum CommandLineProgram {
    /// Runs the command that the process was started with, and ends the process.
    ///
    /// - Parameter wrapConnection: the connection that is used in place of each that is opened; for tests.
    package static func main(wrapConnection: @escaping ConnectionFactory.Wrapper = { $0 }) -> Never {
        // Before anything else: a file opened now would get the number of a closed stream.
        StandardStreams.fill()
        // A reader that goes away is an error that we report, not a signal that ends us.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that grows beyond a limit.
        signal(SIGXFSZ, SIG_IGN)
        // Children are waited for, and INT and TERM end us, whatever our parent ignores or blocks.
        signal(SIGCHLD, SIG_DFL)
        Signals.unblock()
        // Variables of MariaDB's client library that would lead elsewhere than the URL says.
        for name in [
            "MYSQL_UNIX_PORT", "MYSQL_TCP_PORT", "LIBMYSQL_PLUGINS", "LIBMYSQL_PLUGIN_DIR", "MARIADB_PLUGIN_DIR",
        ] {
            unsetenv(name)
        }
        let environment = ProcessInfo.processInfo.environment
        let language = Language(environment: environment)
        let journal = environment["JOURNAL_STREAM"]
        let streams = CommandContext.Streams(
            output: Output(descriptor: STDOUT_FILENO, language: language),
            errors: Output(
                descriptor: STDERR_FILENO, isJournal: JournalPriority.areRead(from: STDERR_FILENO, journal),
                language: language))
        ProcessEnd.exit(run(streams, wrapConnection))
    }

    private static func run(_ streams: CommandContext.Streams, _ wrap: @escaping ConnectionFactory.Wrapper) -> Int32 {
        let arguments = CommandLine.arguments
        if let request = CompletionRequest(arguments) {
            return request.answer(streams, environment: ProcessInfo.processInfo.environment)
        }
        if let script = CompletionScript(requestedBy: arguments) { return script.end(streams) }
        let command: any ParsableCommand
        do {
            try MisplacedURL.refuse(in: CommandLine.arguments)
            command = try Pnbook.parseAsRoot()
            try EmptyFlags.refuse(in: CommandLine.arguments)
        } catch {
            return ParsingFailure(error).end(streams)
        }
        guard var command = command as? any Command else { return help(for: command, streams) }
        let failures = FailureWriter(streams: streams, isJSON: command.common.json)
        let context: CommandContext
        do {
            context = try CommandContext(
                command.common, needs: type(of: command).needs, streams: streams, wrapConnection: wrap)
        } catch {
            return failures.end(error, task: nil, location: nil)
        }
        do {
            // Before signals are watched: until then, one of them ends the wait for a file system that is dead.
            if type(of: command).checksSecretsItself {
                try? context.requireSecrets()
            } else {
                try context.requireSecrets()
            }
            try watchSignals(for: command, context)
            try command.run(context)
            return 0
        } catch let code as ExitCode {
            // The result has been printed, and the error with it.
            return code.rawValue
        } catch let failure as ReportedFailure {
            let failures = FailureWriter(streams: streams, isJSON: false)
            return failures.end(failure.cause, task: nil, location: context.run.location)
        } catch let error as DatabaseBusyError where (command as? any MutatingCommand)?.concurrency.skips(error) == true
        {
            return 0
        } catch {
            return failures.end(
                context.run.explaining(error), task: context.run.lastTask.summary, location: context.run.location)
        }
    }

    private static func watchSignals(for command: any Command, _ context: CommandContext) throws {
        if let worker = command as? any MutatingCommand, !worker.isDryRun { try context.watchSignals() }
    }

    /// Prints the usage of a command that only groups others.
    private static func help(for command: any ParsableCommand, _ streams: CommandContext.Streams) -> Int32 {
        var command = command
        do {
            try command.run()
            return 0
        } catch {
            return ParsingFailure(error).end(streams)
        }
    }
}
