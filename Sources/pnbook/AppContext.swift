import Chronology
import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation
import Logging
import Tasks

/// What a verb works with: where, when, for whom, and where results go. Made once from flags and environment.
struct AppContext {
    /// The database; nil for a verb that works on none.
    private let location: DatabaseLocation?
    let zone: Zone
    let triggeredBy: TriggeredBy
    let isJSON: Bool
    let isQuiet: Bool
    let output: Output
    let logger: Logger
    /// Whether this run has been asked to end.
    let cancellation = Cancellation()
    /// Who in this process is told of the task.
    let subscribers = Subscribers()
    private let clock: RunClock
    /// Where the password comes from; nil where none is given, and for verbs without a database.
    let passwordSource: PasswordSource?
    /// A MariaDB option file, of which the group `[pnbook]` is read.
    let defaultsFile: String?
    let settings: Settings
    let environment: [String: String]
    /// Where a run leaves its figures; nil for nowhere.
    let metricsFile: String?
    /// Whom a run tells that it began and how it ended.
    let ping: HealthPing?

    /// - Parameter hasDatabase: the verb works on one; otherwise nothing is asked of what says which.
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for an environment variable or a file.
    init(
        _ options: CommonOptions, hasDatabase: Bool = true, output: Output, errors: Output,
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
        let settings = try Settings(options, environment: environment)
        self.settings = settings
        location = try hasDatabase ? settings.location() : nil
        zone = try settings.zone()
        triggeredBy = try settings.triggeredBy(login: Self.login(environment))
        clock = RunClock(try options.instant())
        passwordSource = try hasDatabase ? PasswordSource(settings) : nil
        defaultsFile = try hasDatabase ? settings.defaultsFile() : nil
        metricsFile = settings.find(.metrics)?.text
        ping = try settings.pingURL().map { url in
            HealthPing(url) { reason in logger.warning("\(reason)") }
        }
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

    /// The person at the keyboard, also behind sudo.
    private static func login(_ environment: [String: String]) -> String {
        if let user = environment["SUDO_USER"], !user.isEmpty { return user }
        if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name { return String(cString: name) }
        return String(getuid())
    }

    // MARK: Connections

    /// What a connection is for.
    enum Purpose {
        case read
        case write
        /// Makes the SQLite file where there is none.
        case load
        case migrate
        case tasks
    }

    /// Which database this run is about, for messages.
    var place: String { location?.description ?? "no database" }

    /// Where the database is.
    func database() throws -> DatabaseLocation {
        guard let location else { throw UsageError(description: "this verb works on no database") }
        return location
    }

    /// Opens a connection of its own.
    func connect(for purpose: Purpose) throws -> any Connection {
        #if DEBUG
            return FaultInjection.wrapping(try open(for: purpose))
        #else
            return try open(for: purpose)
        #endif
    }

    private func open(for purpose: Purpose) throws -> any Connection {
        switch try database() {
        case .mariadb(let location):
            var options = MariaDBOptions(
                location: location, password: try passwordSource?.password(), defaultsFile: defaultsFile)
            // The tasks' connection speaks every half second; if either side vanishes, the other must notice soon.
            if purpose == .tasks {
                options.idleTimeout = 60
                options.readTimeout = 15
            }
            // Rows come without a pause; a process that stands still must not hold the books for long.
            if purpose == .write { options.idleTransactionTimeout = 30 }
            // While an ALTER waits for a table, its readers wait behind it: seconds, not minutes.
            if purpose == .migrate {
                options.lockWaitTimeout = 3
                options.idleTimeout = 60
            }
            let connection = try MariaDBConnection(options)
            if purpose != .read { try connection.requireWritable() }
            return connection
        case .sqlite(let path):
            switch purpose {
            case .read: return try SQLiteConnection(path: path, access: .readOnly)
            case .write: return try SQLiteConnection(path: path, access: .readWrite)
            case .load: return try SQLiteConnection(path: path, access: .create)
            case .migrate:
                return try SQLiteConnection(
                    path: path, access: .readWrite, enforcesForeignKeys: false, lockBase: Self.realPath(path))
            case .tasks:
                return try SQLiteConnection(
                    path: Self.taskFile(beside: path), access: .create, lockBase: Self.realPath(path))
            }
        }
    }

    /// The stored tasks for reading; nil where none have ever been stored.
    func storedTasks() throws -> TaskStore? {
        switch try database() {
        case .mariadb: return TaskStore(try connect(for: .read))
        case .sqlite(let path):
            // The database first: a wrong path is an error, not an empty list.
            try connect(for: .read).close()
            let file = Self.taskFile(beside: path)
            guard FileManager.default.fileExists(atPath: file) else { return nil }
            return TaskStore(try SQLiteConnection(path: file, access: .readOnly))
        }
    }

    /// The stored tasks, to be changed by somebody else than their owner.
    func writableTasks() throws -> TaskStore {
        // The database first: a wrong path is an error, and makes no file.
        try connect(for: .read).close()
        return TaskStore(try connect(for: .tasks))
    }

    /// The sibling file that keeps a SQLite database's tasks.
    static func taskFile(beside path: String) -> String { realPath(path) + "-tasks" }

    /// The file behind symbolic links: one database has one task file and one lock, whatever it is called by.
    private static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// The run's clock: the machine's, or one that `--now` sets and that then goes at the machine's pace.
struct RunClock {
    let start: Instant
    let isFixed: Bool
    private let began = ContinuousClock.now

    init(_ fixed: Instant?) {
        start = fixed ?? .fromSystemClock()
        isFixed = fixed != nil
    }

    func current() -> Instant {
        guard isFixed else { return .fromSystemClock() }
        let elapsed = (ContinuousClock.now - began).components
        return start.advanced(byMilliseconds: elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000)
    }
}
