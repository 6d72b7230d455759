import Logging
import Database
import Chronology
import Foundation
import PartnumberBooks
import Tasks

extension AppContext {
    /// Does `work` as a task: its row is made, moves and always gets a final status.
    ///
    /// - Parameter work: returns what it made and how the task ended.
    func asTask<Result>(_ type: TaskType, _ work: (TaskRun) throws -> (Result, TaskEnding)) throws -> TaskResult<Result>
    {
        let connection = try connect(for: .tasks)
        defer { connection.close() }
        let task = try TaskRun(
            type, id: UUID().uuidString.lowercased(), triggeredBy: triggeredBy, store: TaskStore(connection),
            clock: currentInstant, observer: { progress in logger.debug("\(progress.message)") })
        do {
            let (value, ending) = try work(task)
            let completedAt = try task.finish(ending)
            return TaskResult(value: value, task: task, status: ending.status, completedAt: completedAt)
        } catch {
            if let second = task.fail(Outcome(of: error).message) {
                logger.error("the task \(task.id) could not be marked as failed: \(second)")
            }
            throw error
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
