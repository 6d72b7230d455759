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
        _ type: TaskType, _ exclusive: ExclusiveOptions, ddl: (any Connection)? = nil,
        _ work: (TaskRun) throws -> (Result, TaskEnding)
    ) throws -> TaskResult<Result> {
        let task = try start(type, exclusive, ddl)
        do {
            let (value, ending) = try work(task)
            let completedAt = try end(task, ending)
            return TaskResult(value: value, task: task, status: ending.status, completedAt: completedAt)
        } catch {
            let error = meaning(of: error)
            let status: TaskStatus = error is Cancelled ? .cancelled : .failed
            if let second = task.fail(Outcome(of: error).message, status: status), !(error is Cancelled) {
                logger.error("the task \(task.id) could not be marked as failed: \(second)")
            }
            throw error
        }
    }

    /// A statement that was stopped because the run is to end is a cancellation, however deep it lies.
    private func meaning(of error: any Error) -> any Error {
        let cause =
            switch error {
            case let error as PruneError: error.cause
            case let error as MigrationStopped: error.cause as any Error
            default: error
            }
        let meaning = cancellation.meaning(of: cause)
        return meaning is Cancelled ? meaning : error
    }

    private func start(
        _ type: TaskType, _ exclusive: ExclusiveOptions, _ ddl: (any Connection)?
    ) throws -> TaskRun {
        let start = TaskStart(
            type, id: UUID().uuidString.lowercased(), triggeredBy: triggeredBy, owner: ProcessOwner.current,
            whenBusy: try exclusive.whenBusy(), isAlive: ProcessOwner.isAlive, clock: currentInstant,
            cancellation: cancellation, subscribers: subscribers,
            onWait: { logger.info("waiting: \($0)") })
        let connection = try connect(for: .tasks)
        do {
            return try start.begin(on: connection, lockingOn: ddl ?? connection) { try connect(for: .tasks) }
        } catch is Busy where exclusive.ifRunning == .skip {
            throw Ending(code: ExitStatus.done.rawValue)
        }
    }

    /// The work is done, whatever becomes of its row.
    private func end(_ task: TaskRun, _ ending: TaskEnding) throws -> Instant {
        do {
            return try task.finish(ending)
        } catch {
            logger.warning("the work is done, but its task could not be marked so: \(error)")
            return currentInstant()
        }
    }
}

/// What a task made, and how it ended.
struct TaskResult<Value> {
    let value: Value
    let task: TaskRun
    let status: TaskStatus
    let completedAt: Instant

    var summary: CreateDocument.TaskSummary {
        CreateDocument.TaskSummary(
            id: task.id, type: task.type.rawValue, status: status.rawValue, triggeredBy: task.triggeredBy.description,
            startedAt: task.startedAt, completedAt: completedAt)
    }
}
