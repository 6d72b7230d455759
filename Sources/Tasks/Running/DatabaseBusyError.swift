package import Chronology
package import Database
package import ErrorModel

/// Another run is at work on the database, or something else holds its lock.
package struct DatabaseBusyError: Diagnosable {
    /// The other run's task; nil where the lock is held but no row says by which run.
    package let holder: TaskRecord?
    /// What is known of the other run's life; nil where it writes no heartbeats, or the two machines' clocks differ.
    package let pulse: Pulse?
    /// Who holds the lock, where no live run is known to hold it; nil for a run's lock, and where that cannot be seen.
    package let lock: LockHolder?
    /// The database as its users name it.
    package let place: String
    private let engine: Engine

    /// A run's last sign of life, by this machine's clock.
    package struct Pulse: Hashable, Sendable {
        /// Milliseconds since the last heartbeat.
        package let silence: Int64
        /// When the run is presumed dead unless another heartbeat comes; nil where it may not be dead, or where its lock tells.
        package let presumedDeadAt: Instant?

        package init(silence: Int64, presumedDeadAt: Instant?) {
            self.silence = silence
            self.presumedDeadAt = presumedDeadAt
        }
    }

    package init(
        holder: TaskRecord?, lock: LockHolder? = nil, pulse: Pulse? = nil, place: String, engine: Engine = .mariadb
    ) {
        self.holder = holder
        self.pulse = pulse
        self.lock = lock
        self.place = place
        self.engine = engine
    }

    /// Where, what, which process, since when and how far. The front end words what to do about it.
    package var text: DisplayText {
        guard let holder else {
            return lock.map {
                "\(place): \($0.name(on: engine)) holds the lock that a run takes, and no run is recorded: it is not a run, or one "
                    + "that is just beginning or ending"
            } ?? "\(place): another run is just beginning"
        }
        let who: DisplayText = holder.owner.map { " by process \($0.pid) on \($0.host)" } ?? ""
        let since: DisplayText = holder.startedAt.map { " since \($0)" } ?? ""
        let other: DisplayText = lock.map { "; that process is gone, and \($0.name(on: engine)) holds the lock" } ?? ""
        return
            "\(place): \(holder.type) is running\(who)\(since) (task \(holder.id), \(holder.messageText))\(other)\(signOfLife)"
    }

    private var signOfLife: DisplayText {
        guard let pulse else { return "" }
        let seconds = (pulse.silence / 1000).grouped
        guard let presumedDeadAt = pulse.presumedDeadAt else { return "; its last sign of life: \(seconds) s ago" }
        return "; its last sign of life: \(seconds) s ago; without another it is presumed dead at \(presumedDeadAt)"
    }

    package var category: ErrorCategory { .busy }

    package var remedy: Remedy? {
        .steps(.waitForTask(id: holder?.id), lock.map { .text($0.wayOut(on: engine)) })
    }

    /// Seconds after which a run is no longer expected to end by itself, or to be alive: an hour. A book takes minutes.
    private static let longRun = 3600.0

    /// Whether a run holds the database that is alive and will tell itself how it ended: then the monitor need not be told.
    ///
    /// - Parameter now: by the machine's clock. Two hosts' clocks may differ by less than an hour.
    package func isRunAtWork(at now: Instant) -> Bool {
        guard let holder, lock == nil, let heartbeat = holder.heartbeatAt else { return false }
        // Heartbeats, not times, say how long: the time of a run may have been set.
        return Double(now.milliseconds - heartbeat.milliseconds) < Self.longRun * 1000
            && Double(holder.heartbeats) * Heartbeat.interval < Self.longRun
    }
}
