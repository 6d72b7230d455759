package import Chronology
package import Database
import Foundation

/// Begins a task: gets the work for itself, closes the tasks of runs that died over it, and stores its own.
package struct TaskStart {
    /// What to do when somebody else is at work.
    package enum WhenBusy: Hashable, Sendable {
        case fail
        /// Seconds to wait at most.
        case wait(Double)
    }

    package var type: TaskType
    package var id: String
    package var triggeredBy: TriggeredBy
    package var owner: Owner
    package var whenBusy: WhenBusy
    /// Nil unless `owner` runs on this machine: whether the process behind an owner still lives.
    package var isAlive: @Sendable (Owner) -> Bool?
    package var clock: @Sendable () -> Instant
    package var cancellation: Cancellation
    package var subscribers: Subscribers
    /// Told once, when the wait begins.
    package var onWait: (Busy) -> Void

    package init(
        _ type: TaskType, id: String, triggeredBy: TriggeredBy, owner: Owner, whenBusy: WhenBusy = .fail,
        isAlive: @escaping @Sendable (Owner) -> Bool? = { _ in nil }, clock: @escaping @Sendable () -> Instant,
        cancellation: Cancellation = Cancellation(), subscribers: Subscribers = Subscribers(),
        onWait: @escaping (Busy) -> Void = { _ in }
    ) {
        self.type = type
        self.id = id
        self.triggeredBy = triggeredBy
        self.owner = owner
        self.whenBusy = whenBusy
        self.isAlive = isAlive
        self.clock = clock
        self.cancellation = cancellation
        self.subscribers = subscribers
        self.onWait = onWait
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
    /// - Throws: ``Busy``, ``Cancelled``.
    package func begin(
        on connection: any Connection, lockingOn lockHolder: any Connection,
        reopen: @escaping () throws -> any Connection
    ) throws -> TaskRun {
        let store = TaskStore(connection)
        try store.prepare()
        let began = ContinuousClock.now
        var hasSpoken = false
        while true {
            try cancellation.check()
            let busy: Busy
            do {
                let record = try attempt(store, lockHolder)
                let isOwnLock = lockHolder === connection
                let line = TaskLine(connection, holding: isOwnLock ? type.work : nil, open: reopen)
                let run = TaskRun(
                    record, type: type, triggeredBy: triggeredBy, line: line, cancellation: cancellation, clock: clock,
                    subscribers: subscribers)
                run.startBeating()
                return run
            } catch let refusal as Busy {
                busy = refusal
            }
            // A process that is gone leaves a lock only while the server ends its last statement.
            let isOrphan = busy.holder?.owner.map { isAlive($0) == false } ?? false
            let waited = Self.seconds(since: began)
            let patience: Double
            if case .wait(let limit) = whenBusy { patience = limit } else { patience = 0 }
            guard waited < (isOrphan ? max(patience, Self.orphanPatience) : patience) else { throw busy }
            if !hasSpoken { onWait(busy) }
            hasSpoken = true
            Thread.sleep(forTimeInterval: Self.pollInterval)
        }
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }

    /// One attempt to get the lock, and with it the right to close what stands as running.
    private func attempt(_ store: TaskStore, _ lockHolder: any Connection) throws -> TaskRecord {
        let work = type.work
        guard try lockHolder.tryLock(work.rawValue) else {
            throw Busy(holder: try store.running(work).first, place: store.place)
        }
        do {
            let isLockDecisive = try lockHolder.isLockDecisive()
            for other in try store.running(work) {
                guard isLockDecisive || isLost(other) else { throw Busy(holder: other, place: store.place) }
                try close(other, store)
            }
            let now = clock()
            let record = TaskRecord(
                id: id, type: type.rawValue, status: .running, progress: 0, message: "started",
                triggeredBy: triggeredBy.description, createdAt: now, startedAt: now, owner: owner, heartbeatAt: now)
            do {
                try store.insert(record, work)
            } catch let error as DatabaseError where error.kind == .uniqueViolation {
                // Another node's lock is not ours to see; its row is.
                throw Busy(holder: try store.running(work).first, place: store.place)
            }
            return record
        } catch {
            try? lockHolder.unlock(work.rawValue)
            throw error
        }
    }

    /// Without a decisive lock: a dead process on this machine, or a heart that has been still for a lease.
    private func isLost(_ task: TaskRecord) -> Bool {
        if let owner = task.owner, let alive = isAlive(owner) { return !alive }
        guard let heartbeat = task.heartbeatAt else { return true }
        return clock().milliseconds - heartbeat.milliseconds > Self.lease
    }

    private func close(_ task: TaskRecord, _ store: TaskStore) throws {
        let who = task.owner.map { "process \($0.pid) on \($0.host)" } ?? "its process"
        let reason = "\(who) was lost while \(task.message)"
        _ = try store.finish(
            task.id, TaskEnding(status: .failed, message: "lost while \(task.message)", errorMessage: reason),
            at: clock())
    }
}
