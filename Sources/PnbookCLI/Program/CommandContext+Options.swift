import Chronology
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Operations
import Tasks

extension CommandContext {
    /// A context of flags, environment and configuration file.
    ///
    /// - Parameter needs: what the command works with; other settings are not checked.
    /// - Throws: `UsageError` for a flag, `ConfigurationError` for an environment variable or a file.
    init(
        _ options: CommonOptions, needs: ContextRequirement, streams: Streams,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        wrapConnection: @escaping ConnectionFactory.Wrapper
    ) throws {
        let logger = Logger(label: "pnbook") { _ in
            StderrLog(output: streams.errors, logLevel: options.logLevel)
        }
        var problems = ProblemList(isFatal: needs != .diagnosis)
        let fixedInstant = try options.instant()
        let (overrides, file) = options.overrides
        let configuration =
            try problems.value { try Configuration(overrides: overrides, file: file, environment: environment) }
            ?? Configuration(withoutFile: overrides, environment: environment)
        let trace = options.verbose ? Trace { line in logger.debug("\(line)") } : nil
        trace?.tell(of: configuration)
        let login = "manual:" + Self.login(environment)
        var run = RunContext(
            databaseURL: nil,
            trigger: try problems.value { try configuration.trigger(default: login) } ?? TaskTrigger.scheduled,
            clock: RunClock(fixedInstant), logger: logger, describeFailure: { ErrorReport(of: $0).description })
        ProgressDisplay(options.progress, isQuiet: options.quiet, output: streams.errors, environment: environment)
            .observe(run.observers)
        var passwordSource: PasswordSource?
        if needs != .settings {
            run.zone = try problems.value { try configuration.zone() } ?? .utc
            streams.set(run.zone)
            run.metricsFile = try problems.value { try configuration.metricsFile() } ?? nil
            run.ping = try problems.value { try configuration.pingURL() }.flatMap(\.self).map { url in
                HealthPing(url) { reason in logger.warn("\(reason)") }
            }
        }
        if needs == .database || needs == .diagnosis {
            passwordSource = try problems.value { try PasswordSource(configuration) } ?? nil
            run.databaseURL = try problems.value { try configuration.databaseURL() } ?? nil
            if let url = run.databaseURL {
                let (source, cancellation) = (passwordSource, run.cancellation)
                run.connections = ConnectionFactory(
                    to: url, onPassing: { logger.note($0) }, proceed: { try cancellation.check() },
                    wrap: wrapConnection
                ) {
                    Credentials(
                        password: try source?.password { try cancellation.check() },
                        defaultsFile: try configuration.defaultsFile())
                }
                if let trace { run.connections = run.connections.traced(by: trace, to: url) }
            }
        }
        if needs != .settings { try problems.value { try configuration.requireValues() } }
        self.init(
            run: run, format: options.json ? .json : options.quiet ? .quiet : .text, streams: streams,
            configuration: configuration, environment: environment, configurationProblems: problems.errors,
            passwordSource: passwordSource)
    }

    /// The person at the keyboard, also behind sudo.
    private static func login(_ environment: [String: String]) -> String {
        if let user = environment["SUDO_USER"], !user.isEmpty { return user }
        if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name { return String(cString: name) }
        return String(getuid())
    }
}

/// Collects errors in the configuration, or throws the first.
private struct ProblemList {
    let isFatal: Bool
    private(set) var errors: [any Error] = []

    init(isFatal: Bool) {
        self.isFatal = isFatal
    }

    @discardableResult
    mutating func value<Value>(_ body: () throws -> Value) throws -> Value? {
        do {
            return try body()
        } catch {
            if isFatal { throw error }
            errors.append(error)
            return nil
        }
    }
}
