package import Chronology

/// The run's clock: the machine's, or one that `--now` sets and that then goes at the machine's pace.
package struct RunClock: Sendable {
    /// The instant that the run counts as now.
    package let start: Instant
    /// Whether `start` was set and is not the machine's time.
    package let isFixed: Bool
    /// The machine's own clock, regardless of what was set: heartbeats use it.
    package let machine: @Sendable () -> Instant
    private let began = ContinuousClock.now

    /// - Parameters:
    ///   - fixed: the instant to take for now; nil for the machine's.
    ///   - machine: the machine's clock; a test gives its own.
    package init(_ fixed: Instant?, machine: @escaping @Sendable () -> Instant = { .fromSystemClock() }) {
        self.machine = machine
        start = fixed ?? machine()
        isFixed = fixed != nil
    }

    /// The time now: it goes at the machine's pace from `start` on.
    package func current() -> Instant {
        guard isFixed else { return machine() }
        let elapsed = (ContinuousClock.now - began).components
        return start.advanced(byMilliseconds: elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000)
    }
}
