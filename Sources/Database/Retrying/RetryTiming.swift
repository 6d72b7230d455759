/// The clock, the pauses and the random numbers of a ``RetryPolicy``.
package struct RetryTiming: Sendable {
    package var now: @Sendable () -> ContinuousClock.Instant
    /// Returns after the pause; throws where the waiting is to end at once.
    package var sleep: @Sendable (Duration) throws -> Void
    package var random: @Sendable (ClosedRange<Double>) -> Double

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant, sleep: @escaping @Sendable (Duration) throws -> Void,
        random: @escaping @Sendable (ClosedRange<Double>) -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
    }

    /// The machine's own, with pauses that nothing cuts short: for work that must be done even when the run is to end.
    package static let system = RetryTiming(
        now: { .now }, sleep: { $0.pause() }, random: { .random(in: $0) })
}
