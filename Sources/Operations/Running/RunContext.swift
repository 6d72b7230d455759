package import Chronology
package import Database
import Foundation
package import Logging
package import Tasks

/// What a run works with, whatever front end it was started by: which database, when, in which zone, for whom.
///
/// A front end makes one of a ``Configuration``; a test makes one with a clock, a zone and connections of its own.
/// What a test does not give fails loudly when it is touched: see ``ConnectionFactory/unopened``.
package struct RunContext: Sendable {
    /// The database; nil for a run that works on none.
    package var databaseURL: DatabaseURL?
    package var zone: Zone
    /// Who asked for the run.
    package var trigger: TaskTrigger
    package var clock: RunClock
    package var connections: ConnectionFactory
    package var logger: Logger
    /// Whether this run has been asked to end.
    package let cancellation: CancellationToken
    /// Who in this process is told of the task.
    package let observers: TaskObservers
    /// The task that the run has ended last.
    package let lastTask = LastTask()
    /// Where a run leaves its metrics; nil for nowhere.
    package var metricsFile: String?
    /// Whom a run tells that it began and how it ended.
    package var ping: HealthPing?
    /// The front end's words and exit code for an error: what a task's row and a monitor are told.
    package var describeFailure: @Sendable (any Error) -> FailureDescription

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

    /// The instant that the run is about: the one that was set, or when it began.
    package var now: Instant { clock.start }

    /// The clock that goes on while the run works; it starts at ``now``.
    @Sendable package func currentInstant() -> Instant { clock.current() }

    /// Which database this run is about, for messages.
    package var location: String { databaseURL?.description ?? "no database" }

    /// - Throws: ``UnopenedConnection`` for a run that works on no database.
    package func requireDatabase() throws -> DatabaseURL {
        guard let databaseURL else { throw UnopenedConnection(purpose: .read) }
        return databaseURL
    }

    /// Opens a connection of its own.
    package func connect(for purpose: ConnectionPurpose) throws -> any Connection {
        try connections.open(purpose)
    }
}

/// What an error is to whoever started the run.
package struct FailureDescription: Sendable {
    /// What happened, and the way out.
    package let message: String
    package let exitCode: Int32

    package init(message: String, exitCode: Int32) {
        self.message = message
        self.exitCode = exitCode
    }
}
