import ArgumentParser
import Database
import ErrorModel
import Harness
import Tasks
import TestSupport
import Testing

@testable import Operations
@testable import PnbookCLI

/// `create --retry-for`: a database that is away for a while costs no night, and one that stays away is not waited for without end.
@Suite("Outages")
struct OutageTests {
    /// A clock that only pauses move.
    private final class Pauses: Sendable {
        let taken = Locked<[Duration]>([])
        private let start = ContinuousClock.now

        var timing: RetryTiming {
            RetryTiming(
                now: { [self] in start + taken.withLock { $0.reduce(.zero, +) } },
                sleep: { [self] pause in taken.withLock { $0.append(pause) } }, random: { $0.lowerBound })
        }
    }

    private static let away = error(.unreachable)

    private static func error(_ kind: DatabaseError.Kind) -> DatabaseError {
        DatabaseError(kind: kind, engine: .mariadb, code: 0, message: "Connection refused", place: "here")
    }

    /// Runs `create` on a database that cannot be opened for some time.
    private static func create(
        _ flags: [String], on database: TestDatabase, failing count: Int, with error: any Error = away
    ) throws -> (outcome: CommandInProcess.Outcome, pauses: [Duration]) {
        nonisolated(unsafe) let database = database
        let left = Locked(count)
        let pauses = Pauses()
        var command = CommandInProcess()
        command.outageTiming = pauses.timing
        let tasks = database.engine == .sqlite ? database.path + "-tasks" : ""
        command.connections = ConnectionFactory(
            open: { purpose in
                let fails = left.withLock { left in
                    defer { left -= 1 }
                    return left > 0
                }
                if fails { throw error }
                return purpose == .tasks && !tasks.isEmpty ? try TestDatabase.sqlite(at: tasks) : try database.connect()
            },
            openStoredTasks: { _ in nil }, openClientFile: { _, _ in throw UnopenedConnection(purpose: .write) })
        let outcome = try command.run(["create"] + flags)
        return (outcome, pauses.taken.withLock { $0 })
    }

    @Test("A database that comes back gets its book in the same run", arguments: TestEngine.allCases)
    func comesBack(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let (outcome, pauses) = try Self.create(["--retry-for", "1h"], on: database, failing: 3)
        #expect(outcome.error == nil)
        #expect(pauses == [.seconds(15), .seconds(30), .seconds(60)])
        #expect(outcome.stderr.contains("attempt 3 failed, the next one follows: "), "\(outcome.stderr)")
        #expect(try database.books() == ["PNBOOK-2026-11-20-002*"])
    }

    @Test("One that stays away ends the run with the error itself, after the time it was given")
    func staysAway() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let (outcome, pauses) = try Self.create(["--retry-for", "1h"], on: database, failing: .max)
        #expect((outcome.error as? DatabaseError)?.kind == .unreachable)
        #expect(pauses.reduce(.zero, +) == .seconds(3645) && pauses.count == 9, "\(pauses)")
        #expect(try Self.create([], on: database, failing: .max).pauses == [])
        #expect(try Self.create(["--retry-for", "20s"], on: database, failing: .max).pauses.count == 2)
    }

    @Test("What a person must fix is not tried again")
    func notTriedAgain() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        for kind in [DatabaseError.Kind.accessDenied, .missingRight(grant: nil), .missingTable, .configuration] {
            let (outcome, pauses) = try Self.create(
                ["--retry-for", "1h"], on: database, failing: .max, with: Self.error(kind))
            #expect((outcome.error as? DatabaseError)?.kind == kind && pauses == [])
        }
        try database.load(Catalogues.mappings(",A,L-1"))
        let refused = try Self.create(["--retry-for", "1h"], on: database, failing: 0)
        #expect(refused.outcome.error != nil && refused.pauses == [], "the guard")
        let busy = DatabaseBusyError(holder: try Self.holder(database), place: "here")
        let skipped = try Self.create(
            ["--retry-for", "1h", "--if-running", "skip"], on: database, failing: .max, with: busy)
        #expect(skipped.outcome.error is DatabaseBusyError && skipped.pauses == [])
        #expect(try Self.create(["--retry-for", "1h"], on: database, failing: 2, with: busy).pauses.count == 2)
    }

    private static func holder(_ database: TestDatabase) throws -> TaskRecord? {
        let tasks = try TestDatabase.sqlite(at: database.path + "-tasks")
        defer { tasks.close() }
        return try TaskStore(tasks).histories().first?.last
    }

    @Test("What is not a duration is a typing error", arguments: ["", "soon", "-1h", "1w"])
    func notADuration(text: String) throws {
        try RunProgram(["create", "--retry-for=" + text]).run().expectRefusal(64, saying: "--retry-for")
    }

    @Test("A run that is asked to end while it waits ends at once")
    func cancelled() throws {
        let run = RunContext(databaseURL: nil, trigger: .scheduled)
        run.cancellation.request(.signal(15))
        var attempts = 0
        #expect(throws: Cancelled.self) {
            try run.retrying(for: .seconds(3600), unless: { _ in false }) {
                attempts += 1
                throw Self.away
            }
        }
        #expect(attempts == 1)
    }
}
