import Chronology
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Migrations
import PartnumberBooks
import Tasks

extension RunContext {
    /// Runs `work` as a task: one at a time, with a heartbeat, ending on a signal or a request, and always with a final status
    /// (<doc:TaskModel#Life-of-a-task>).
    ///
    /// - Parameters:
    ///   - whenBusy: what to do if another run is working.
    ///   - ddl: the connection that changes tables, if any: it then holds the lock, because a server goes on with an
    ///     ALTER after its client has died (<doc:Decisions#The-migration-lock-is-on-the-connection-that-runs-the-DDL>).
    ///   - resultOfFailure: the document that is stored with a failure: what was found out before it; nil for nothing.
    ///   - work: returns what it made and how the task ended.
    /// - Throws: `DatabaseBusyError`, `Cancelled`, and what `work` throws.
    func runTask<Value>(
        _ type: TaskType, whenBusy: TaskLauncher.WhenBusy, ddl: (any Connection)? = nil,
        resultOfFailure: () throws -> String? = { nil }, _ work: (RunningTask) throws -> (Value, TaskResult)
    ) throws -> CompletedTask<Value> {
        let task = try start(type, whenBusy, ddl)
        do {
            let (value, result) = try work(task)
            // The end is recorded wherever that is possible.
            connections.release()
            let completedAt = end(task, result)
            let completed = CompletedTask(value: value, task: task, status: result.status, completedAt: completedAt)
            lastTask.record(completed.summary)
            return completed
        } catch {
            connections.release()
            let error = LockingSessions.named(in: translating(error)) { try connect(for: .read) }
            let failure = describeFailure(error)
            let status: TaskStatus = error is Cancelled ? .cancelled : .failed
            let rowError = task.fail(
                failure.message.string, status: status, exitCode: failure.exitCode, result: try? resultOfFailure())
            observers.drain(timeout: Self.drainTimeout)
            lastTask.record(TaskSummary(task, status: status, completedAt: rowError == nil ? currentInstant() : nil))
            if let rowError, !(error is Cancelled) {
                logger.complain("the task \(task.id) could not be marked as failed: \(rowError)")
            }
            throw error
        }
    }

    /// The time limit for observers to show the end.
    private static let drainTimeout = Duration.seconds(2)

    /// Runs `check`, a schema check made before the task starts. If another run is migrating, waits for it or reports it
    /// (see `whenBusy`) instead of failing on a half-migrated schema.
    func afterOtherMigrations<Value>(
        _ whenBusy: TaskLauncher.WhenBusy, _ check: () throws -> Value
    ) throws -> Value {
        do {
            return try check()
        } catch let error as SchemaError where error.mayBeUnderWay {
            // No run is working: the migration may have been completed between our two checks.
            guard try isRunning(.books) else { return try check() }
            let connection = try connect(for: .tasks)
            defer { connection.close() }
            _ = try launcher(.migrate, whenBusy).waitForOthers(on: connection)
            return try check()
        }
    }

    /// The error of a statement that was interrupted because the run is to end becomes a cancellation, however deeply it is
    /// wrapped.
    private func translating(_ error: any Error) -> any Error {
        let cause =
            switch error {
            case let error as PruneError: error.cause
            case let error as MigrationInterrupted: error.cause as any Error
            default: error
            }
        let translated = cancellation.translating(cause)
        return translated is Cancelled ? translated : error
    }

    private func start(
        _ type: TaskType, _ whenBusy: TaskLauncher.WhenBusy, _ ddl: (any Connection)?
    ) throws -> RunningTask {
        let connection = try connect(for: .tasks)
        return try launcher(type, whenBusy).begin(on: connection, lockingOn: ddl ?? connection) {
            try connect(for: .tasks)
        }
    }

    /// Whether a task of `work` is recorded as running, whether its process lives or not; writes nothing.
    private func isRunning(_ work: WorkKind) throws -> Bool {
        guard let store = try storedTasks() else { return false }
        return try !store.running(work).isEmpty
    }

    private func launcher(_ type: TaskType, _ whenBusy: TaskLauncher.WhenBusy) -> TaskLauncher {
        var launcher = TaskLauncher(
            type, id: UUID().uuidString.lowercased(), triggeredBy: trigger, owner: .current,
            place: location,
            clocks: TaskClocks(run: currentInstant, machine: clock.machine))
        launcher.whenBusy = whenBusy
        launcher.isAlive = { $0.isAlive() }
        launcher.cancellation = cancellation
        launcher.observers = observers
        launcher.moves = connections.moves
        launcher.onWait = { logger.inform("waiting: \(describeFailure($0).message)") }
        launcher.describeLeftovers = describeLeftovers
        launcher.exitCode = { describeFailure($0).exitCode }
        return launcher
    }

    /// What a run presumed dead had published.
    private func describeLeftovers(of task: TaskRecord) -> String? {
        guard task.type == TaskType.create.rawValue, let connection = try? connect(for: .read) else { return nil }
        defer { connection.close() }
        let version = try? BookRepository(connection).ledger.version(publishedBy: task.id)
        return version.map { "its book \($0) had been published" }
    }

    /// Ends the task; the work is done even if its row cannot be written.
    private func end(_ task: RunningTask, _ result: TaskResult) -> Instant {
        defer { observers.drain(timeout: Self.drainTimeout) }
        // With a clock that was set it is not known what is old.
        if task.type == .create, !clock.isFixed { try? task.clean(before: TaskStore.oldest(at: now)) }
        do {
            return try task.finish(result)
        } catch {
            logger.warn("the work is done, but its task could not be marked so: \(error)")
            return currentInstant()
        }
    }
}
