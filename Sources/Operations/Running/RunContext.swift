package import Chronology
package import Database
import ErrorModel
import FoundationEssentials
import Glibc
package import Logging
package import Tasks

/// What a run works with, independent of the front end that started it: which database, when, in which zone, for whom.
///
/// A front end makes one from a ``Configuration``; a test makes one with a clock, a zone and connections of its own.
/// Whatever a test leaves out fails loudly when it is used: see ``ConnectionFactory/unopened``.
package struct RunContext: Sendable {
    /// The database; nil for a run that works on none.
    package var databaseURL: DatabaseURL?
    /// The time zone of versions and retention.
    package var zone: Zone
    /// Who asked for the run.
    package var trigger: TaskTrigger
    /// The run's time.
    package var clock: RunClock
    /// Opens the run's connections.
    package var connections: ConnectionFactory
    /// For warnings, and for what is going on.
    package var logger: Logger
    /// Whether this run has been asked to end.
    package let cancellation: CancellationToken
    /// Observers of the task in this process.
    package let observers: TaskObservers
    /// The task that the run ended last.
    package let lastTask = LastTask()
    /// Where a run leaves its metrics; nil for nowhere.
    package var metricsFile: String?
    /// The monitor that is told when the run begins and how it ends; nil for none.
    package var ping: HealthPing?
    /// The pauses of ``retrying(for:_:)``; nil for real ones, which end when the run is to end.
    package var outageTiming: RetryTiming?
    /// The front end's wording and exit code for an error, for the task's row and for a monitor.
    package var describeFailure: @Sendable (any Error) -> FailureDescription

    /// A run with defaults that touch nothing: no database, no metrics, no monitor.
    package init(
        databaseURL: DatabaseURL?, zone: Zone = .utc, trigger: TaskTrigger, clock: RunClock = RunClock(nil),
        connections: ConnectionFactory = .unopened, logger: Logger = Logger(label: "pnbook"),
        cancellation: CancellationToken = CancellationToken(), observers: TaskObservers = TaskObservers(),
        metricsFile: String? = nil, ping: HealthPing? = nil,
        describeFailure: @escaping @Sendable (any Error) -> FailureDescription = {
            FailureDescription(message: "\($0)", exitCode: 1)
        }
    ) {
        self.databaseURL = databaseURL
        self.zone = zone
        self.trigger = trigger
        self.clock = clock
        self.connections = connections
        self.logger = logger
        self.cancellation = cancellation
        self.observers = observers
        self.metricsFile = metricsFile
        self.ping = ping
        self.describeFailure = describeFailure
    }

    /// The instant that the run counts as now: the one that was set, or when it began.
    package var now: Instant { clock.start }

    /// The current time of a clock that starts at ``now``.
    @Sendable func currentInstant() -> Instant { clock.current() }

    /// Which database this run works on, for messages.
    package var location: String { databaseURL?.description ?? "no database" }

    /// - Throws: ``UnopenedConnection`` for a run that works on no database.
    func requireDatabase() throws -> DatabaseURL {
        guard let databaseURL else { throw UnopenedConnection(purpose: .read) }
        return databaseURL
    }

    /// Opens a new connection.
    ///
    /// - Throws: `DatabaseError`, ``ConfigurationError``, ``UnopenedConnection``.
    package func connect(for purpose: ConnectionPurpose) throws -> any Connection {
        try connections.open(purpose)
    }
}
