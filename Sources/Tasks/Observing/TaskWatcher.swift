package import Database

/// Follows a task of another process, on this machine or another, to its end; observers receive what they would receive in
/// that process.
package struct TaskWatcher {
    private let id: String
    private let open: () throws -> TaskStore?
    /// Receive the state of the task when it is first seen, its progress, and its end.
    package var observers = TaskObservers()
    /// Called once when the database cannot be reached; the watcher tries again.
    package var onOutage: (DatabaseError) -> Void = { _ in }
    /// Whether the process of a task is still alive; nil where that cannot be known from here.
    package var isAlive: (ProcessIdentity) -> Bool? = { $0.isAlive() }
    package var timing = RetryTiming.system

    private var store: TaskStore?
    private var seen: TaskRecord?
    private var pulse = PulseWatch()
    private var silence = Duration.zero

    /// Between two polls.
    private static let pollInterval = Duration.milliseconds(500)

    /// A database that goes away while a task is watched is given a minute to come back.
    private static let outageRetries = RetryPolicy(.time(.seconds(60)), delay: .constant(pollInterval)) { error in
        guard let error = error as? DatabaseError else { return false }
        return error.isOutage || error.kind == .lockTimeout
    }

    /// - Parameters:
    ///   - id: the task's.
    ///   - open: opens the stored tasks on a new connection; nil where none have ever been stored.
    package init(id: String, open: @escaping () throws -> TaskStore?) {
        self.id = id
        self.open = open
    }

    /// Returns once the task has ended.
    ///
    /// - Throws: ``TaskError/notFound(_:)``, ``LostTask``, ``Pipelines/ThreadError``.
    package mutating func follow() throws -> TaskRecord {
        try observers.start()
        while true {
            let task = try look()
            tell(of: task)
            if task.status.isFinal { return task }
            if isLost(task) { throw LostTask(task: task) }
            try timing.sleep(Self.pollInterval)
        }
    }

    /// The task as it is stored now. A database that cannot be reached at the first poll is an error at once.
    private mutating func look() throws -> TaskRecord {
        guard seen != nil else { return try find() }
        return try Self.outageRetries.run(
            timing,
            beforePause: { attempt, error in
                store = nil
                if attempt == 1, let error = error as? DatabaseError { onOutage(error) }
            }
        ) { try find() }
    }

    private mutating func find() throws -> TaskRecord {
        if store == nil { store = try open() }
        guard let task = try store?.find(id) else { throw TaskError.notFound(id) }
        return task
    }

    private mutating func tell(of task: TaskRecord) {
        if seen?.status != task.status { observers.publish(.status(TaskEvent(task))) }
        if !task.status.isFinal, seen?.progress != task.progress || seen?.message != task.message {
            observers.publish(.progress(TaskProgress(task)))
        }
        silence = pulse.silence(of: task, at: timing.now())
        seen = task
    }

    /// Its process is gone; or, where that cannot be known from here, there has been no heartbeat for a lease.
    private func isLost(_ task: TaskRecord) -> Bool {
        // A pending task, or another program's, has no heartbeat.
        guard let owner = task.owner else { return false }
        if let isAlive = isAlive(owner) { return !isAlive }
        return silence > .milliseconds(Heartbeat.lease)
    }
}
