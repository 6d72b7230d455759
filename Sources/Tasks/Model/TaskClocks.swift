package import Chronology

/// The two clocks of a run.
package struct TaskClocks: Sendable {
    /// The run's own, which may be set to any time: for what the run records.
    package var run: @Sendable () -> Instant
    /// The machine's: for heartbeats.
    package var machine: @Sendable () -> Instant

    package init(run: @escaping @Sendable () -> Instant, machine: @escaping @Sendable () -> Instant) {
        self.run = run
        self.machine = machine
    }
}
