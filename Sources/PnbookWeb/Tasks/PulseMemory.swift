import Synchronization
import Tasks

/// When the heartbeats of processes on other machines were last seen to go on, by this machine's clock alone: the times that they carry
/// are those of another, whose clock may differ by any amount.
final class PulseMemory: Sendable {
    private struct Pulse: Sendable {
        var heartbeats: Int
        var since: ContinuousClock.Instant
    }

    private let pulses = Mutex<[String: Pulse]>([:])

    /// More runs than are ever at work; those that are no longer asked for go first.
    private static let most = 100

    /// How long no heartbeat of `task` has come since it was first looked at; zero at the first look.
    func silence(of task: TaskRecord, at now: ContinuousClock.Instant = .now) -> Duration {
        pulses.withLock { pulses in
            if let known = pulses[task.id], known.heartbeats == task.heartbeats { return now - known.since }
            if pulses.count >= Self.most, let oldest = pulses.min(by: { $0.value.since < $1.value.since })?.key {
                pulses[oldest] = nil
            }
            pulses[task.id] = Pulse(heartbeats: task.heartbeats, since: now)
            return .zero
        }
    }
}
