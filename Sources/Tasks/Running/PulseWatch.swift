/// Watches another run's heartbeats by this machine's clock alone, from the first look on: the times that heartbeats carry are those
/// of another machine, whose clock may differ by any amount.
struct PulseWatch {
    private var taskID: String?
    private var heartbeats = 0
    private var since = ContinuousClock.now

    /// How long no heartbeat of `task` has come since it was first looked at; zero at the first look.
    mutating func silence(of task: TaskRecord) -> Duration {
        let now = ContinuousClock.now
        if taskID != task.id || heartbeats != task.heartbeats {
            (taskID, heartbeats, since) = (task.id, task.heartbeats, now)
        }
        return now - since
    }
}
