import Chronology
package import Database

/// Begins a task: takes the work's lock, ends the tasks of runs that died while doing the same work, and stores its own.
package struct TaskLauncher {
    /// What to do while another run is at work.
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
    /// Whether a process is still alive; nil where that cannot be known from here.
    package var isAlive: @Sendable (ProcessIdentity) -> Bool? = { _ in nil }
    package var clocks: TaskClocks
    package var cancellation = CancellationToken()
    package var observers = TaskObservers()
    /// How often the run has moved to another server.
    package var moves: @Sendable () -> Int = { 0 }
    /// Called once, when the wait begins.
    package var onWait: (DatabaseBusyError) -> Void = { _ in }
    /// Describes what a dead run has left behind, for its error; nil where there is nothing to say.
    package var describeLeftovers: (TaskRecord) -> String? = { _ in nil }
    /// How long another run's silence lasts by this machine's clock before it is presumed dead; shorter only in tests.
    var lease = Duration.milliseconds(Heartbeat.lease)
    /// What the process will exit with after an error; nil where that is not known.
    package var exitCode: (any Error) -> Int32? = { _ in nil }

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

    /// Seconds to wait for the server to end the statements of a process that is gone.
    private static let orphanPatience = 60.0
    /// Seconds in which a run that has the lock has written its row too, or one whose row is final has released the lock.
    private static let rowPatience = 1.0

    /// Takes the work's lock, stores the task as running, and starts its heartbeat.
    ///
    /// - Parameters:
    ///   - connection: the tasks' own.
    ///   - lockHolder: the connection that must hold the lock: `connection`, or the one that runs DDL, because a server goes on
    ///     with an ALTER after its client has died.
    ///   - reopen: makes another connection for the tasks.
    /// - Throws: ``DatabaseBusyError``, ``Cancelled``, ``Pipelines/ThreadError``; the last leaves the task, if any, failed.
    package func begin(
        on connection: any Connection, lockingOn lockHolder: any Connection,
        reopen: @escaping () throws -> any Connection
    ) throws -> RunningTask {
        try observers.start()
        let store = TaskStore(connection)
        try store.prepare()
        var watch = PulseWatch()
        let record = try waitingWhileBusy { try attempt(store, lockHolder, &watch) }
        let task = RunningTask(
            record, type: type, triggeredBy: triggeredBy,
            connection: TaskConnection(
                connection, id: id, holding: lockHolder === connection ? type.work : nil, moves: moves, open: reopen),
            cancellation: cancellation, clocks: clocks, observers: observers)
        do {
            try task.startHeartbeat()
        } catch {
            // Without a heartbeat it would be presumed dead while it works.
            _ = task.fail("\(error)", exitCode: exitCode(error))
            throw error
        }
        return task
    }

    /// Waits until no other run does this work, and begins nothing.
    ///
    /// - Returns: whether there was one.
    /// - Throws: ``DatabaseBusyError``, ``Cancelled``.
    package func waitForOthers(on connection: any Connection) throws -> Bool {
        let store = TaskStore(connection)
        guard try connection.hasTable(TaskTable.name) else { return false }
        var hasWaited = false
        try waitingWhileBusy {
            guard try connection.tryLock(type.work.rawValue) else {
                hasWaited = true
                throw try busy(store, connection)
            }
            try connection.unlock(type.work.rawValue)
        }
        return hasWaited
    }

    /// Repeats `attempt` while another run is at work, for as long as ``whenBusy`` allows.
    private func waitingWhileBusy<Result>(_ attempt: () throws -> Result) throws -> Result {
        let patience = if case .wait(let seconds) = whenBusy { seconds } else { 0.0 }
        let retries = RetryPolicy(delay: .constant(.milliseconds(100))) { [isAlive] error in
            guard let busy = error as? DatabaseBusyError else { return nil }
            // A process that is gone leaves a lock only while the server ends its last statement.
            let isOrphan = busy.holder?.owner.map { isAlive($0) == false } ?? false
            let least = isOrphan ? Self.orphanPatience : busy.holder == nil ? Self.rowPatience : 0
            return .time(.seconds(max(patience, least)))
        }
        return try retries.run(
            cancellation.retryTiming,
            beforePause: { attempt, error in
                guard attempt == 1, let busy = error as? DatabaseBusyError else { return }
                if patience > 0 || busy.holder != nil { onWait(busy) }
            }
        ) {
            try cancellation.check()
            return try attempt()
        }
    }

    /// Why the lock was not to be had: a run that is at work; or who else has it, where no run is known to.
    private func busy(_ store: TaskStore, _ connection: any Connection) throws -> DatabaseBusyError {
        let holder = try store.running(type.work).first
        let isRun = holder.map { $0.owner.map { isAlive($0) != false } ?? true } ?? false
        // Only the words depend on it.
        let lock = isRun ? nil : try? connection.lockHolder(type.work.rawValue)
        return DatabaseBusyError(
            holder: holder, lock: lock ?? nil, pulse: holder.flatMap { pulse(of: $0) }, place: place,
            engine: connection.engine)
    }

    /// The last sign of life, where the two clocks agree well enough to tell.
    private func pulse(of task: TaskRecord, endsBySilence: Bool = false) -> DatabaseBusyError.Pulse? {
        guard let heartbeat = task.heartbeatAt else { return nil }
        let silence = clocks.machine().milliseconds - heartbeat.milliseconds
        guard silence >= -Heartbeat.clockTolerance else { return nil }
        let mayBeDead = endsBySilence && silence > Heartbeat.clockTolerance
        return .init(
            silence: max(0, silence),
            presumedDeadAt: mayBeDead ? Heartbeat.presumedDead(after: heartbeat) : nil)
    }

    /// One attempt to get the lock, and with it the right to close what is stored as running.
    private func attempt(
        _ store: TaskStore, _ lockHolder: any Connection, _ watch: inout PulseWatch
    ) throws -> TaskRecord {
        let work = type.work
        guard try lockHolder.tryLock(work.rawValue) else { throw try busy(store, lockHolder) }
        do {
            let locksAreClusterWide = try lockHolder.locksAreClusterWide()
            for other in try store.running(work) {
                guard try locksAreClusterWide || isLost(other, store, &watch) else {
                    throw DatabaseBusyError(
                        holder: other, pulse: pulse(of: other, endsBySilence: true), place: place,
                        engine: lockHolder.engine)
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
                // Another node's lock cannot be seen from here; its row can.
                throw DatabaseBusyError(
                    holder: try store.running(work).first, place: place, engine: lockHolder.engine)
            }
            return record
        } catch {
            try? lockHolder.unlock(work.rawValue)
            throw error
        }
    }

    /// Where a lock of another node cannot be seen: the process is dead, or has sent no heartbeat for a lease.
    private func isLost(_ task: TaskRecord, _ store: TaskStore, _ watch: inout PulseWatch) throws -> Bool {
        if let owner = task.owner, let alive = isAlive(owner) { return !alive }
        guard let heartbeat = task.heartbeatAt else { return true }
        if watch.silence(of: task) >= lease { return true }
        switch clocks.machine().milliseconds - heartbeat.milliseconds {
        // The two machines' clocks may differ: a run whose heartbeat arrives while we listen is alive whatever they say.
        case let age where age > Heartbeat.lease: return try isSilent(task, store, for: .seconds(Heartbeat.listening))
        // A heartbeat of the future says only that a clock is wrong, and would say so for as long as the clock is ahead.
        case let age where age < -Heartbeat.clockTolerance:
            return try isSilent(task, store, for: lease)
        default: return false
        }
    }

    /// Listens for a heartbeat of `task`; returns as soon as one arrives.
    private func isSilent(_ task: TaskRecord, _ store: TaskStore, for limit: Duration) throws -> Bool {
        let end = ContinuousClock.now + limit
        repeat {
            try cancellation.sleep(.seconds(Heartbeat.pollInterval))
            guard try store.find(task.id)?.heartbeats == task.heartbeats else { return false }
        } while ContinuousClock.now < end
        return true
    }

    private func close(_ task: TaskRecord, _ store: TaskStore) throws {
        let who = task.owner.map { "process \($0.pid) on \($0.host)" } ?? "its process"
        let reason = "\(who) was lost while \(task.message)" + (describeLeftovers(task).map { "; " + $0 } ?? "")
        _ = try store.finish(
            task.id, TaskResult(status: .failed, message: "lost while \(task.message)", errorMessage: reason),
            at: clocks.run())
    }
}
