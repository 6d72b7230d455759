package import Chronology
package import Logging
package import Operations
import Tasks

/// What the page works with, independent of the server in front of it: which database, which program, in which zone.
package struct PnbookWebContext: Sendable {
    /// Opens connections for reading, and for what is written into tasks' rows.
    package var connections: ConnectionFactory
    package var zone: Zone
    /// The machine's time.
    package var now: @Sendable () -> Instant
    /// The installed `pnbook`.
    package var program: InstalledProgram
    /// Where what must outlive the page is kept.
    package var stateFolder: String
    package var token: AccessToken
    /// The page's own origin; nil for the host that a request names.
    package var origin: String?
    package var logger: Logger

    /// Memberwise.
    package init(
        connections: ConnectionFactory, zone: Zone, now: @escaping @Sendable () -> Instant = { .fromSystemClock() },
        program: InstalledProgram, stateFolder: String, token: AccessToken, origin: String? = nil, logger: Logger
    ) {
        self.connections = connections
        self.zone = zone
        self.now = now
        self.program = program
        self.stateFolder = stateFolder
        self.token = token
        self.origin = origin
        self.logger = logger
    }

    /// The stored tasks for reading, on a new connection; nil where none have ever been stored.
    func storedTasks() throws -> TaskStore? { try connections.openStoredTasks(.metrics) }
}
