import Chronology
import Database
import Foundation
import Logging
import Migrations
import PartnumberBooks
import Tasks

extension AppContext {
    /// Does `work` as a task: one at a time, with a beating heart, ending on a signal or a request, and always with a
    /// final status.
    ///
    /// - Parameters:
    ///   - exclusive: what to do when another run is at work.
    ///   - ddl: the connection that changes tables, if any: it then holds the lock, because a server goes on with an
    ///     ALTER after its client has died.
    ///   - work: returns what it made and how the task ended.
    func asTask<Result>(
        _ type: TaskType, _ exclusive: ConcurrencyOptions, ddl: (any Connection)? = nil,
        _ work: (RunningTask) throws -> (Result, TaskResult)
    ) throws -> CompletedTask<Result> {
        let task = try start(type, exclusive, ddl)
        do {
            let (value, ending) = try work(task)
            let completedAt = end(task, ending)
            return CompletedTask(value: value, task: task, status: ending.status, completedAt: completedAt)
        } catch {
            let error = meaning(of: error)
            let outcome = Outcome(of: error)
            let status: TaskStatus = error is Cancelled ? .cancelled : .failed
            let second = task.fail(outcome.message, status: status, exitCode: outcome.code)
            subscribers.drain(timeout: .seconds(Self.settling))
            if let second, !(error is Cancelled) {
                logger.error("the task \(task.id) could not be marked as failed: \(second)")
            }
            throw error
        }
    }

    /// Seconds at most that the display may take to show the end.
    private static let settling = 2.0

    /// Does what looks at the schema before a task begins; where it finds a migration under way by another run, that run
    /// is waited for or named, as `exclusive` says, instead of its half-done work.
    func afterOthers<Result>(_ exclusive: ConcurrencyOptions, _ look: () throws -> Result) throws -> Result {
        do {
            return try look()
        } catch let error as SchemaError where error.mayBeUnderWay {
            // Nobody there: it may have been mended between our two looks.
            guard try isRunning(.books) else { return try look() }
            let connection = try connect(for: .tasks)
            defer { connection.close() }
            do {
                _ = try taskStart(.migrate, exclusive).waitForOthers(on: connection)
            } catch is DatabaseBusyError where exclusive.ifRunning == .skip {
                throw Ending(code: ExitStatus.done.rawValue)
            }
            return try look()
        }
    }

    /// A statement that was stopped because the run is to end is a cancellation, however deep it lies.
    private func meaning(of error: any Error) -> any Error {
        let cause =
            switch error {
            case let error as PruneError: error.cause
            case let error as MigrationInterrupted: error.cause as any Error
            default: error
            }
        let meaning = cancellation.translating(cause)
        return meaning is Cancelled ? meaning : error
    }

    private func start(
        _ type: TaskType, _ exclusive: ConcurrencyOptions, _ ddl: (any Connection)?
    ) throws -> RunningTask {
        let start = try taskStart(type, exclusive)
        let connection = try connect(for: .tasks)
        do {
            return try start.begin(on: connection, lockingOn: ddl ?? connection) { try connect(for: .tasks) }
        } catch is DatabaseBusyError where exclusive.ifRunning == .skip {
            throw Ending(code: ExitStatus.done.rawValue)
        }
    }

    /// Whether a task of `work` stands as running, whoever lives behind it; writes nothing.
    private func isRunning(_ work: WorkKind) throws -> Bool {
        guard let store = try storedTasks() else { return false }
        return try !store.running(work).isEmpty
    }

    private func taskStart(_ type: TaskType, _ exclusive: ConcurrencyOptions) throws -> TaskLauncher {
        var start = TaskLauncher(
            type, id: UUID().uuidString.lowercased(), triggeredBy: triggeredBy, owner: .current,
            place: place,
            clocks: TaskClocks(run: currentInstant, machine: { .fromSystemClock() }))
        start.whenBusy = try exclusive.whenBusy()
        start.isAlive = { $0.isAlive() }
        start.cancellation = cancellation
        start.observers = subscribers
        start.onWait = { logger.info("waiting: \($0); \($0.wayOut)") }
        start.describeLeftovers = remains
        start.exitCode = { Outcome(of: $0).code }
        return start
    }

    /// What a lost run had published before it was lost.
    private func remains(of task: TaskRecord) -> String? {
        guard task.type == TaskType.create.rawValue, let connection = try? connect(for: .read) else { return nil }
        defer { connection.close() }
        let version = try? BookRepository(connection).version(publishedBy: task.id)
        return version.map { "its book \($0) had been published" }
    }

    /// The work is done, whatever becomes of its row.
    private func end(_ task: RunningTask, _ ending: TaskResult) -> Instant {
        defer { subscribers.drain(timeout: .seconds(Self.settling)) }
        // Where the clock is set, what is old is not for us to say.
        if task.type == .create, !isClockSet { try? task.clean(before: TaskStore.oldest(at: now)) }
        do {
            return try task.finish(ending)
        } catch {
            logger.warning("the work is done, but its task could not be marked so: \(error)")
            return currentInstant()
        }
    }
}

/// What a task made, and how it ended.
struct CompletedTask<Value> {
    let value: Value
    let task: RunningTask
    let status: TaskStatus
    let completedAt: Instant

    var summary: CreateDocument.TaskSummary {
        CreateDocument.TaskSummary(
            id: task.id, type: task.type.rawValue, status: status.rawValue, triggeredBy: task.triggeredBy.description,
            startedAt: task.startedAt, completedAt: completedAt)
    }
}
