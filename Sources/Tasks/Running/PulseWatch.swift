/// Watches another run's heartbeats by this machine's clock alone, from the first look on: the times that heartbeats carry are those
/// of another machine, whose clock may differ by any amount.
package struct PulseWatch: Sendable {
    private var taskID: String?
    private var heartbeats = 0
    /// When the last heartbeat was first seen.
    package private(set) var since = ContinuousClock.now

    package init() {}

    /// How long no heartbeat of `task` has come since it was first looked at; zero at the first look.
    package mutating func silence(of task: TaskRecord, at now: ContinuousClock.Instant = .now) -> Duration {
        if taskID != task.id || heartbeats != task.heartbeats {
            (taskID, heartbeats, since) = (task.id, task.heartbeats, now)
        }
        return now - since
    }
}
