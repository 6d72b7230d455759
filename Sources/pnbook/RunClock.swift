import Chronology

/// The run's clock: the machine's, or one that `--now` sets and that then goes at the machine's pace.
struct RunClock {
    let start: Instant
    let isFixed: Bool
    private let began = ContinuousClock.now

    init(_ fixed: Instant?) {
        start = fixed ?? .fromSystemClock()
        isFixed = fixed != nil
    }

    func current() -> Instant {
        guard isFixed else { return .fromSystemClock() }
        let elapsed = (ContinuousClock.now - began).components
        return start.advanced(byMilliseconds: elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000)
    }
}
