import Database
package import ErrorModel
import Foundation
import Logging
package import Tasks

/// Follows a task of another process, here or on another machine, to its end.
package struct TaskFollower {
    private let id: String
    private let context: RunContext
    private var store: TaskStore?
    private var said = ""
    private var outageBegan: ContinuousClock.Instant?
    private var heartbeats = 0
    private var beatSeen = ContinuousClock.now

    /// Seconds between two looks.
    private static let interval = 0.5

    /// Seconds for which the database may be away while we watch.
    private static let patience = 60.0

    /// Seconds without a heartbeat after which a run on another machine is taken for lost.
    private static let lease = 60.0

    package init(id: String, context: RunContext) {
        self.id = id
        self.context = context
    }

    /// Says on the log what the task says, until it has ended.
    ///
    /// - Throws: ``TaskError/notFound(_:)``, ``LostTask``.
    package mutating func follow() throws -> TaskRecord {
        while true {
            if let task = try look() {
                say(task)
                if task.status.isFinal { return task }
                if isLost(task) { throw LostTask(task: task) }
            }
            Thread.sleep(forTimeInterval: Self.interval)
        }
    }

    /// The task as it stands; nil while the database is away.
    private mutating func look() throws -> TaskRecord? {
        do {
            if store == nil { store = try context.storedTasks() }
            guard let task = try store?.find(id) else { throw TaskError.notFound(id) }
            outageBegan = nil
            return task
        } catch let error as DatabaseError where said != "" && (error.isOutage || error.kind == .lockTimeout) {
            store = nil
            let began = outageBegan ?? .now
            if outageBegan == nil { context.logger.info("\(error); looking again") }
            outageBegan = began
            guard ContinuousClock.now - began < .seconds(Self.patience) else { throw error }
            return nil
        }
    }

    private mutating func say(_ task: TaskRecord) {
        let line = "\(task.progress) % \(task.message)"
        if line != said { context.logger.info("\(EscapedText.controls(line))") }
        said = line
    }

    /// Its process is gone; or, where that cannot be known from here, its heart has stood still for a lease.
    private mutating func isLost(_ task: TaskRecord) -> Bool {
        // A pending task, or another program's, has no heart to listen to.
        guard let owner = task.owner else { return false }
        if let isAlive = ProcessOwner.isAlive(owner) { return !isAlive }
        if task.heartbeats != heartbeats {
            heartbeats = task.heartbeats
            beatSeen = .now
        }
        return ContinuousClock.now - beatSeen > .seconds(Self.lease)
    }
}

/// A task that is recorded as running, and whose process is gone.
package struct LostTask: Diagnosable {
    let task: TaskRecord

    package var description: String {
        "the process of task \(task.id) is gone; it was \(task.message). The next run closes it as failed"
    }

    package var category: ErrorCategory { .failed }
    package var remedy: Remedy? { nil }
}
