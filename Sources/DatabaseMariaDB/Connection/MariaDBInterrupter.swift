import Database
import Foundation
import Pipelines
import Synchronization

/// Stops a statement by KILL QUERY on a connection of its own: the busy one takes no commands. Where the answer to that does not
/// arrive, or the server cannot be reached, the busy connection is ended.
struct MariaDBInterrupter: Interrupter {
    let options: MariaDBOptions
    let connectionID: Int64
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

    private func kill() throws {
        let connection = try connect()
        defer { connection.close() }
        try connection.execute("KILL QUERY \(raw: String(connectionID))")
    }

    /// Whether the session still works, at undoing for example.
    private var isServerAtWork: Bool {
        guard let connection = try? connect() else { return false }
        defer { connection.close() }
        let command = try? connection.textRows(
            "SELECT command FROM information_schema.processlist WHERE id = \(raw: String(connectionID))")
        return command?.first?.first.map { $0 != "Sleep" } ?? false
    }

    private func connect() throws -> MariaDBConnection {
        var options = options
        options.connectTimeout = 3
        // It is because the run is to end that it is stopped.
        options.proceed = {}
        return try MariaDBConnection(options)
    }
}
