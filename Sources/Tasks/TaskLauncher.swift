import Chronology
package import Database
import Foundation

/// Begins a task: gets the work for itself, closes the tasks of runs that died over it, and stores its own.
package struct TaskLauncher {
    /// What to do when somebody else is at work.
    package enum WhenBusy: Hashable, Sendable {
        case fail
        /// Seconds to wait at most.
        case wait(Double)
    }

    package var type: TaskType
    package var id: String
    package var triggeredBy: TaskTrigger
    package var owner: ProcessIdentity
    /// The database as its users name it.
    package var place: String
    package var whenBusy: WhenBusy = .fail
    /// Whether the process behind an owner still lives; nil where that cannot be known from here.
    package var isAlive: @Sendable (ProcessIdentity) -> Bool? = { _ in nil }
    package var clocks: TaskClocks
    package var cancellation = CancellationToken()
    package var subscribers = TaskObservers()
    /// Told once, when the wait begins.
    package var onWait: (DatabaseBusyError) -> Void = { _ in }
    /// What a lost run has left behind, in words for its error; nil for nothing worth saying.
    package var remains: (TaskRecord) -> String? = { _ in nil }

    package init(
        _ type: TaskType, id: String, triggeredBy: TaskTrigger, owner: ProcessIdentity, place: String,
        clocks: TaskClocks
    ) {
        self.type = type
        self.id = id
        self.triggeredBy = triggeredBy
        self.owner = owner
        self.place = place
        self.clocks = clocks
    }

    /// A run on another node of a cluster is taken for lost when its heart has not beaten for so long, in milliseconds:
    /// there the lock proves nothing.
    static let lease: Int64 = 60_000

    /// Seconds to wait for the server to end the statements of a process that is gone.
    private static let orphanPatience = 60.0

    /// Seconds between two looks at the lock.
    private static let pollInterval = 0.1

    /// Gets the work and stores the task as running.
    ///
    /// - Parameters:
    ///   - connection: the tasks' own.
    ///   - lockHolder: the connection whose life is the run's life: `connection`, or the one that runs DDL, because a
    ///     server goes on with an ALTER after its client has died.
    ///   - reopen: makes another connection for the tasks.
    /// - Throws: ``DatabaseBusyError``, ``Cancelled``.
    package func begin(
        on connection: any Connection, lockingOn lockHolder: any Connection,
        reopen: @escaping () throws -> any Connection
    ) throws -> RunningTask {
        let store = TaskStore(connection)
        try store.prepare()
        let record = try patiently { try attempt(store, lockHolder) }
        let line = TaskConnection(
            connection, id: id, holding: lockHolder === connection ? type.work : nil, open: reopen)
        let run = RunningTask(
            record, type: type, triggeredBy: triggeredBy, line: line, cancellation: cancellation, clocks: clocks,
            subscribers: subscribers)
        run.startBeating()
        return run
    }

    /// Waits until nobody is at this work, and begins nothing.
    ///
    /// - Returns: whether anybody was.
    /// - Throws: ``DatabaseBusyError``, ``Cancelled``.
    package func waitForOthers(on connection: any Connection) throws -> Bool {
        let store = TaskStore(connection)
        guard try connection.hasTable(TaskTable.name) else { return false }
        var hasWaited = false
        try patiently {
            guard try connection.tryLock(type.work.rawValue) else {
                hasWaited = true
                throw DatabaseBusyError(holder: try store.running(type.work).first, place: place)
            }
            try connection.unlock(type.work.rawValue)
        }
        return hasWaited
    }

    /// Does `attempt` again and again while somebody is at work, as long as ``whenBusy`` says.
    private func patiently<Result>(_ attempt: () throws -> Result) throws -> Result {
        let began = ContinuousClock.now
        var hasSpoken = false
        while true {
            try cancellation.check()
            let busy: DatabaseBusyError
            do {
                return try attempt()
            } catch let refusal as DatabaseBusyError {
                busy = refusal
            }
            // A process that is gone leaves a lock only while the server ends its last statement.
            let isOrphan = busy.holder?.owner.map { isAlive($0) == false } ?? false
            let patience: Double
            if case .wait(let limit) = whenBusy { patience = limit } else { patience = 0 }
            let limit = isOrphan ? max(patience, Self.orphanPatience) : patience
            guard ContinuousClock.now - began < .seconds(limit) else { throw busy }
            if !hasSpoken { onWait(busy) }
            hasSpoken = true
            Thread.sleep(forTimeInterval: Self.pollInterval)
        }
    }

    /// One attempt to get the lock, and with it the right to close what stands as running.
    private func attempt(_ store: TaskStore, _ lockHolder: any Connection) throws -> TaskRecord {
        let work = type.work
        guard try lockHolder.tryLock(work.rawValue) else {
            throw DatabaseBusyError(holder: try store.running(work).first, place: place)
        }
        do {
            let locksAreClusterWide = try lockHolder.locksAreClusterWide()
            for other in try store.running(work) {
                guard try locksAreClusterWide || isLost(other, store) else {
                    throw DatabaseBusyError(holder: other, place: place)
                }
                try close(other, store)
            }
            let now = clocks.run()
            let record = TaskRecord(
                id: id, type: type.rawValue, status: .running, progress: 0, message: "started",
                triggeredBy: triggeredBy.description, createdAt: now, startedAt: now, owner: owner,
                heartbeatAt: clocks.machine())
            do {
                try store.insert(record, work)
            } catch let error as DatabaseError where error.kind == .uniqueViolation {
                // Another node's lock is not ours to see; its row is.
                throw DatabaseBusyError(holder: try store.running(work).first, place: place)
            }
            return record
        } catch {
            try? lockHolder.unlock(work.rawValue)
            throw error
        }
    }

    /// Without a decisive lock: a dead process on this machine, or a heart that has been still for a lease.
    private func isLost(_ task: TaskRecord, _ store: TaskStore) throws -> Bool {
        if let owner = task.owner, let alive = isAlive(owner) { return !alive }
        guard let heartbeat = task.heartbeatAt else { return true }
        guard clocks.machine().milliseconds - heartbeat.milliseconds > Self.lease else { return false }
        // The two machines' clocks may differ: a heart that beats while we look is alive whatever they say.
        let began = ContinuousClock.now
        while ContinuousClock.now - began < .seconds(2.5 * RunningTask.beatInterval) {
            try cancellation.check()
            Thread.sleep(forTimeInterval: Self.pollInterval)
        }
        return try store.find(task.id)?.heartbeats == task.heartbeats
    }

    private func close(_ task: TaskRecord, _ store: TaskStore) throws {
        let who = task.owner.map { "process \($0.pid) on \($0.host)" } ?? "its process"
        let reason = "\(who) was lost while \(task.message)" + (remains(task).map { "; " + $0 } ?? "")
        _ = try store.finish(
            task.id, TaskResult(status: .failed, message: "lost while \(task.message)", errorMessage: reason),
            at: clocks.run())
    }
}
