import Database
import Synchronization
import Testing

@Suite("Trying again")
struct RetryPolicyTests {
    /// A clock that goes on only while somebody sleeps by it.
    private final class FakeClock: Sendable {
        private let state = Mutex((now: ContinuousClock.now, pauses: [Duration]()))
        var pauses: [Duration] { state.withLock(\.pauses) }

        func advance(_ duration: Duration) {
            state.withLock { $0.now += duration }
        }

        /// - Parameter end: thrown instead of the pause of that number.
        func timing(endingAt end: (pause: Int, error: any Error)? = nil, random: Double = 0.5) -> RetryTiming {
            RetryTiming(
                now: { self.state.withLock(\.now) },
                sleep: { pause in
                    try self.state.withLock { state in
                        if let end, end.pause == state.pauses.count + 1 { throw end.error }
                        state.now += pause
                        state.pauses.append(pause)
                    }
                },
                random: { $0.lowerBound + ($0.upperBound - $0.lowerBound) * random })
        }
    }

    private struct Passing: Error, Equatable { var number = 0 }
    private struct Lasting: Error {}
    private struct Ended: Error {}

    private static func isPassing(_ error: any Error) -> Bool { error is Passing }

    @Test("What succeeds is done once, without a pause")
    func success() throws {
        let clock = FakeClock()
        var calls = 0
        let policy = RetryPolicy(.attempts(3), delay: .constant(.seconds(1)), after: Self.isPassing)
        #expect(
            try policy.run(clock.timing()) {
                calls += 1
                return calls
            } == 1)
        #expect(clock.pauses == [])
    }

    @Test("A number of attempts counts the first one, and the last one's error is passed on", arguments: [1, 2, 5])
    func attempts(most: Int) {
        let clock = FakeClock()
        var calls = 0
        let policy = RetryPolicy(.attempts(most), delay: .constant(.seconds(2)), after: Self.isPassing)
        let error = #expect(throws: Passing.self) {
            try policy.run(clock.timing()) {
                calls += 1
                throw Passing(number: calls)
            }
        }
        #expect(error == Passing(number: most))
        #expect(calls == most)
        #expect(clock.pauses == Array(repeating: .seconds(2), count: most - 1))
    }

    @Test("A time is measured from the beginning, attempts included; the attempt that ends after it is the last")
    func time() {
        let clock = FakeClock()
        var calls = 0
        let policy = RetryPolicy(.time(.seconds(10)), delay: .constant(.seconds(1)), after: Self.isPassing)
        #expect(throws: Passing.self) {
            try policy.run(clock.timing()) {
                calls += 1
                clock.advance(.seconds(3))
                throw Passing()
            }
        }
        // Each attempt and its pause take four seconds: they end after 3, 7 and 11.
        #expect(calls == 3)
        #expect(clock.pauses.count == 2)
    }

    @Test("No time at all is one attempt")
    func noTime() {
        let clock = FakeClock()
        var calls = 0
        #expect(throws: Passing.self) {
            try RetryPolicy(.time(.zero), after: Self.isPassing).run(clock.timing()) {
                calls += 1
                throw Passing()
            }
        }
        #expect(calls == 1)
    }

    @Test("Another error ends the trying at once")
    func lasting() {
        let clock = FakeClock()
        var calls = 0
        #expect(throws: Lasting.self) {
            try RetryPolicy(.attempts(9), delay: .constant(.seconds(1)), after: Self.isPassing).run(clock.timing()) {
                calls += 1
                if calls == 2 { throw Lasting() }
                throw Passing()
            }
        }
        #expect(calls == 2)
        #expect(clock.pauses == [.seconds(1)])
    }

    @Test("The limit may depend on the error")
    func limitOfError() {
        let clock = FakeClock()
        var calls = 0
        let policy = RetryPolicy(delay: .constant(.seconds(1))) { error in
            (error as? Passing).map { .attempts($0.number == 0 ? 4 : 2) }
        }
        #expect(throws: Passing.self) {
            try policy.run(clock.timing()) {
                calls += 1
                throw Passing(number: calls < 3 ? 0 : 1)
            }
        }
        #expect(calls == 3)
    }

    @Test("Growing pauses are a multiple of the attempts, drawn between two bounds", arguments: [0, 0.5, 1])
    func growing(random: Double) {
        let clock = FakeClock()
        #expect(throws: Passing.self) {
            try RetryPolicy(.attempts(4), delay: .growing(0.5...1.5), after: Self.isPassing)
                .run(clock.timing(random: random)) { throw Passing() }
        }
        let first = 0.5 + random
        #expect(clock.pauses == [.seconds(first), .seconds(2 * first), .seconds(3 * first)])
    }

    @Test("A pause that is cut short ends the trying with its reason, and nothing is tried after it")
    func cancelled() {
        let clock = FakeClock()
        var calls = 0
        #expect(throws: Ended.self) {
            try RetryPolicy(.attempts(9), delay: .constant(.seconds(1)), after: Self.isPassing)
                .run(clock.timing(endingAt: (2, Ended()))) {
                    calls += 1
                    throw Passing()
                }
        }
        #expect(calls == 2)
        #expect(clock.pauses == [.seconds(1)])
    }

    @Test("What happens: an attempt, word of it, the pause, what comes after it, another attempt")
    func order() throws {
        let clock = FakeClock()
        var story: [String] = []
        try RetryPolicy(.attempts(3), delay: .constant(.seconds(1)), after: Self.isPassing).run(
            clock.timing(),
            beforePause: { attempt, _ in story.append("\(attempt) failed, \(clock.pauses.count) pauses") },
            afterPause: { story.append("\(clock.pauses.count) pauses") }
        ) {
            story.append("attempt")
            if story.count < 6 { throw Passing() }
        }
        #expect(
            story == [
                "attempt", "1 failed, 0 pauses", "1 pauses", "attempt", "2 failed, 1 pauses", "2 pauses", "attempt",
            ])
    }

    @Test("What is thrown around a pause ends the trying, whatever it is")
    func thrownAround() {
        let clock = FakeClock()
        var calls = 0
        let policy = RetryPolicy(.attempts(9), delay: .constant(.seconds(1)), after: Self.isPassing)
        #expect(throws: Passing(number: 7)) {
            try policy.run(clock.timing(), afterPause: { throw Passing(number: 7) }) {
                calls += 1
                throw Passing()
            }
        }
        #expect(throws: Passing(number: 8)) {
            try policy.run(clock.timing(), beforePause: { _, _ in throw Passing(number: 8) }) {
                calls += 1
                throw Passing()
            }
        }
        #expect(calls == 2)
        #expect(clock.pauses == [.seconds(1)])
    }

    @Test("A pause that doubles does so up to its longest, however many there are")
    func doubling() {
        let clock = FakeClock()
        let delay = RetryPolicy.Delay.doubling(from: .seconds(15), to: .seconds(100))
        #expect(throws: Passing.self) {
            try RetryPolicy(.attempts(70), delay: delay, after: Self.isPassing).run(clock.timing()) { throw Passing() }
        }
        #expect(clock.pauses.prefix(5) == [.seconds(15), .seconds(30), .seconds(60), .seconds(100), .seconds(100)])
        #expect(clock.pauses.count == 69 && clock.pauses.last == .seconds(100))
    }
}
