import ArgumentParser
import Chronology
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Operations
import Tasks

/// What a command works with: the run, and where its result is printed in which form.
///
/// Made from flags, environment and configuration file; a test makes one with its own run and descriptors.
struct CommandContext {
    /// Where results and everything else are written.
    struct Streams: Sendable {
        let output: Output
        let errors: Output

        /// Of times in texts for people, from now on.
        func set(_ zone: Zone) {
            output.zone.set(zone)
            errors.zone.set(zone)
        }
    }

    /// In which form a result is printed.
    enum ResultFormat {
        case text
        case json
        /// Nothing but warnings, on stderr.
        case quiet
    }

    let run: RunContext
    let format: ResultFormat
    let streams: Streams
    let configuration: Configuration
    let environment: [String: String]
    /// Errors in the configuration, for a command that reports them instead of failing.
    let configurationProblems: [any Error]
    /// Where the password comes from; nil where none is given.
    let passwordSource: PasswordSource?

    init(
        run: RunContext, format: ResultFormat, streams: Streams, configuration: Configuration,
        environment: [String: String] = [:], configurationProblems: [any Error] = [],
        passwordSource: PasswordSource? = nil
    ) {
        self.run = run
        self.format = format
        self.streams = streams
        self.configuration = configuration
        self.environment = environment
        self.configurationProblems = configurationProblems
        self.passwordSource = passwordSource
    }

    var isJSON: Bool { format == .json }
    var isQuiet: Bool { format == .quiet }
    var logger: Logger { run.logger }

    // MARK: Results

    /// Prints a result, and ends the command by its exit code if that is not 0.
    ///
    /// - Throws: ``OutputError``, and ArgumentParser's `ExitCode`.
    func print(_ result: some CommandResult) throws {
        try write(result)
        try end(by: result)
    }

    /// Prints a result in the chosen form.
    ///
    /// - Throws: ``OutputError``, which says what has been done nevertheless.
    func write(_ result: some CommandResult) throws {
        do {
            switch format {
            case .json:
                try streams.output.write(
                    document: JSONDocument.pretty(Envelope(result, task: result.task, failure: result.failure)))
            case .text:
                try streams.output.write(result.text(textStyle), width: result.isProse ? textStyle.width : nil)
            case .quiet:
                for warning in result.warnings { logger.warn(warning) }
                for warning in result.knownWarnings { logger.inform("as in the last run: \(warning)") }
            }
        } catch var error as OutputError {
            error.done = result.done
            throw error
        }
    }

    /// One line on what was done, for a service's journal, which has nothing else of a good night under `--quiet`. Elsewhere
    /// `--quiet` means silence, and without it the result has been printed.
    func record(_ line: DisplayText) {
        if isQuiet { logger.inform(line) }
    }

    /// Ends the command by a result's exit code if that is not 0.
    func end(by result: some CommandResult) throws {
        if let failure = result.failure { throw ExitCode(failure.code) }
    }

    /// How texts are laid out.
    var textStyle: TextStyle {
        TextStyle(
            calendar: CalendarStyle(for: streams.output, environment: environment), zone: run.zone,
            width: streams.output.width(environment), translation: streams.output.translation)
    }

    /// Checks before any work whether the result can be written, if one will be.
    func probeOutput() throws {
        if !isQuiet { try streams.output.probe() }
    }

    // MARK: Before the work

    /// Makes sure that the configured secrets can be read.
    ///
    /// - Throws: `ConfigurationError`.
    func requireSecrets() throws {
        try passwordSource?.check { try run.cancellation.check() }
        _ = try configuration.defaultsFile()
    }

    /// From here on a signal makes the run undo its work.
    ///
    /// - Throws: `ThreadError`.
    func watchSignals() throws {
        try Signals.watch(run.cancellation) { number in
            logger.warn(
                "\(DisplayText.term(Signals.name(number))): undoing the work; a second one ends the program at once")
        }
    }
}
