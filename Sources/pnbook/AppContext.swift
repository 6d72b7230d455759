import Chronology
import Database
import Foundation
import Logging
import Tasks

/// What a verb works with: where, when, for whom, and where results go. Made once from flags,
/// environment and configuration file.
struct AppContext {
    /// The database; nil for a verb that works on none.
    let location: DatabaseURL?
    let zone: Zone
    let triggeredBy: TaskTrigger
    let isJSON: Bool
    let isQuiet: Bool
    let output: Output
    let logger: Logger
    /// Whether this run has been asked to end.
    let cancellation = CancellationToken()
    /// Who in this process is told of the task.
    let subscribers = TaskObservers()
    private let clock: RunClock
    /// Where the password comes from; nil where none is given, and for verbs without a database.
    let passwordSource: PasswordSource?
    let settings: Configuration
    let environment: [String: String]
    /// Where a run leaves its figures; nil for nowhere.
    let metricsFile: String?
    /// Whom a run tells that it began and how it ended.
    let ping: HealthPing?

    /// - Parameter needs: what the verb works with; of nothing else is asked whether it makes sense.
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for an environment variable or a file.
    init(
        _ options: CommonOptions, needs: ContextRequirement = .database, output: Output, errors: Output,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        self.output = output
        self.environment = environment
        isJSON = options.json
        isQuiet = options.quiet
        let logger = Logger(label: "pnbook") { _ in
            StderrLog(output: errors, logLevel: options.quiet ? .warning : .info)
        }
        self.logger = logger
        ProgressDisplay(options.progress, isQuiet: options.quiet, output: errors, environment: environment)
            .subscribe(to: subscribers)
        let settings = try Configuration(options, environment: environment)
        self.settings = settings
        clock = RunClock(try options.instant())
        let login = "manual:" + Self.login(environment)
        guard needs != .settings else {
            (location, zone, triggeredBy) = (nil, .utc, try settings.triggeredBy(default: login))
            (passwordSource, metricsFile, ping) = (nil, nil, nil)
            return
        }
        location = try needs == .database ? settings.location() : nil
        zone = try settings.zone()
        triggeredBy = try settings.triggeredBy(default: login)
        passwordSource = try needs == .database ? PasswordSource(settings) : nil
        metricsFile = try settings.metricsFile()
        ping = try settings.pingURL().map { url in
            HealthPing(url) { reason in logger.warning("\(reason)") }
        }
        try settings.requireValues()
    }

    /// Makes sure that the secrets that are named can be read.
    ///
    /// - Throws: ``ConfigurationError``.
    func requireSecrets() throws {
        try passwordSource?.check()
        _ = try settings.defaultsFile()
    }

    /// Finds out before any work whether the result can be written; nothing where none will be.
    func probeOutput() throws {
        if isJSON || !isQuiet { try output.probe() }
    }

    /// Prints a result; an error says what has been done all the same.
    func write(_ text: String, done: String?) throws {
        do {
            try output.write(text)
        } catch var error as OutputError {
            error.done = done
            throw error
        }
    }

    /// The instant that the run is about: `--now`, or when it began.
    var now: Instant { clock.start }

    /// Whether `--now` has set the clock.
    var isClockSet: Bool { clock.isFixed }

    /// The clock that goes on while the run works; it starts at ``now``.
    @Sendable func currentInstant() -> Instant { clock.current() }

    /// The machine's own clock, whatever `--now` says: heartbeats are by it.
    var machineInstant: Instant { .fromSystemClock() }

    /// The person at the keyboard, also behind sudo.
    private static func login(_ environment: [String: String]) -> String {
        if let user = environment["SUDO_USER"], !user.isEmpty { return user }
        if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name { return String(cString: name) }
        return String(getuid())
    }
}
