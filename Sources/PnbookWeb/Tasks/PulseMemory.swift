import Synchronization
import Tasks

/// The heartbeats of processes on other machines, from one request to the next.
final class PulseMemory: Sendable {
    private let pulses = Mutex<[String: PulseWatch]>([:])

    /// More runs than are ever at work; those that are no longer asked for go first.
    private static let most = 100

    /// How long no heartbeat of `task` has come since it was first looked at; zero at the first look.
    func silence(of task: TaskRecord, at now: ContinuousClock.Instant = .now) -> Duration {
        pulses.withLock { pulses in
            if pulses[task.id] == nil, pulses.count >= Self.most,
                let oldest = pulses.min(by: { $0.value.since < $1.value.since })?.key
            {
                pulses[oldest] = nil
            }
            return pulses[task.id, default: PulseWatch()].silence(of: task, at: now)
        }
    }
}
