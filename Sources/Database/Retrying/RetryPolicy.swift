/// After which errors something is tried again, with which pauses, and when to give up.
package struct RetryPolicy: Sendable {
    /// When to give up.
    package enum Limit: Hashable, Sendable {
        /// After so many attempts, the first one included.
        case attempts(Int)
        /// After the first attempt that fails once so much time has passed since the beginning.
        case time(Duration)

        /// - Parameters:
        ///   - attempts: that have failed.
        ///   - elapsed: since the first of them began.
        package func allowsAnother(after attempts: Int, _ elapsed: Duration) -> Bool {
            switch self {
            case .attempts(let most): attempts < most
            case .time(let longest): elapsed < longest
            }
        }
    }

    /// The pause before another attempt.
    package enum Delay: Hashable, Sendable {
        case none
        case constant(Duration)
        /// As many times as there were attempts, a random number of seconds: longer each time and never the same, so that
        /// two runs that were in each other's way do not meet again.
        case growing(ClosedRange<Double>)
        /// Twice as long each time, from the first of the two up to the second.
        case doubling(from: Duration, to: Duration)

        func pause(after attempts: Int, _ random: (ClosedRange<Double>) -> Double) -> Duration {
            switch self {
            case .none: .zero
            case .constant(let pause): pause
            case .growing(let seconds): .seconds(Double(attempts) * random(seconds))
            case .doubling(let first, let longest): min(longest, first * (1 << min(attempts - 1, 30)))
            }
        }
    }

    private let delay: Delay
    private let limit: @Sendable (any Error) -> Limit?

    /// - Parameter limit: nil for an error after which nothing is tried again.
    package init(delay: Delay = .none, limit: @escaping @Sendable (_ error: any Error) -> Limit?) {
        self.delay = delay
        self.limit = limit
    }

    /// - Parameter isPassing: whether the same may succeed when it is tried again.
    package init(
        _ limit: Limit, delay: Delay = .none, after isPassing: @escaping @Sendable (_ error: any Error) -> Bool
    ) {
        self.init(delay: delay) { isPassing($0) ? limit : nil }
    }

    /// Runs `body` until it returns, until it throws an error after which nothing is tried again, or until the limit.
    ///
    /// - Parameters:
    ///   - beforePause: told of each attempt that is followed by another: its number, from 1, and its error. What it
    ///     throws ends the trying.
    ///   - afterPause: called before each further attempt. What it throws ends the trying.
    /// - Throws: the last attempt's error, and what `timing` throws during a pause.
    package func run<Result>(
        _ timing: RetryTiming = .system,
        beforePause: (_ attempt: Int, _ error: any Error) throws -> Void = { _, _ in },
        afterPause: () throws -> Void = {},
        _ body: () throws -> Result
    ) throws -> Result {
        let began = timing.now()
        var attempts = 0
        while true {
            attempts += 1
            do {
                return try body()
            } catch {
                guard let limit = limit(error), limit.allowsAnother(after: attempts, timing.now() - began) else {
                    throw error
                }
                try beforePause(attempts, error)
            }
            let pause = delay.pause(after: attempts, timing.random)
            if pause > .zero { try timing.sleep(pause) }
            try afterPause()
        }
    }
}
