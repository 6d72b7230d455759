import Database
import FoundationEssentials
import Glibc
import Pipelines
import Synchronization

/// Stops a statement by KILL QUERY on a connection of its own: the busy one takes no commands. Where the answer to that does not
/// arrive, or the server cannot be reached, the busy connection is ended.
///
/// The new connection may arrive at another server, or at the same one after a restart, where the busy session's number belongs
/// to a session of another user's: the lock that the busy session holds tells it apart.
struct MariaDBInterrupter: Interrupter {
    let options: MariaDBOptions
    let mark: String
    let link: SocketLink?
    let inspector: WireInspector

    /// Seconds in which a statement that was stopped must have been answered, unless the server is still at work on it.
    private static let answerPatience = 5.0
    /// Seconds after which the connection is ended in any case: the server undoes what is left by itself.
    private static let workPatience = 60.0

    func interrupt() throws {
        let interrupter = self
        // On a thread of its own: the caller goes on listening for a second signal.
        do {
            _ = try WorkerThread("interrupt") { try interrupter.stop() }
        } catch is ThreadError {
            try kill()
        }
    }

    private func stop() throws {
        do {
            try kill()
        } catch {
            return end()
        }
        let began = ContinuousClock.now
        var next = began + .seconds(Self.answerPatience)
        while inspector.isAwaiting.load(ordering: .relaxed) {
            usleep(100_000)
            let now = ContinuousClock.now
            guard now >= next else { continue }
            if now < began + .seconds(Self.workPatience), isServerAtWork {
                next = now + .seconds(Self.answerPatience)
            } else {
                return end()
            }
        }
    }

    private func end() {
        if inspector.isAwaiting.load(ordering: .relaxed) { link?.end() }
    }

    /// - Throws: ``SessionNotFound`` where the session has ended, or is another server's.
    private func kill() throws {
        _ = try onSession { connection, session in
            try connection.execute("KILL QUERY \(raw: session)")
        }
    }

    /// Whether the session still works, at undoing for example.
    private var isServerAtWork: Bool {
        let command = try? onSession { connection, session in
            try connection.textRows(
                connection.withoutWaiting("SELECT command FROM information_schema.processlist WHERE id = \(session)"))
        }
        return command?.first?.first.map { $0 != "Sleep" } ?? false
    }

    /// How often another connection is made where one has not arrived at the session's server.
    private static let attempts = 4

    /// Calls `body` with the session's number and a connection to its server.
    private func onSession<Result>(_ body: (MariaDBConnection, _ session: String) throws -> Result) throws -> Result {
        for _ in 1...Self.attempts {
            let connection = try connect()
            defer { connection.close() }
            let session = try connection.textRows(connection.withoutWaiting("SELECT IS_USED_LOCK('\(mark)')"))
                .first?.first
            if let session = session.flatMap(\.self) { return try body(connection, session) }
        }
        throw SessionNotFound()
    }

    /// No server that answers has the session.
    private struct SessionNotFound: Error {}

    private func connect() throws -> MariaDBConnection {
        var options = options
        options.connectTimeout = 3
        options.demands = ServerDemands()
        // It is because the run is to end that it is stopped.
        options.proceed = {}
        return try MariaDBConnection(options)
    }
}
