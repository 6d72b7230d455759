import Database
import ErrorModel
import Logging
import Tasks

extension RunContext {
    /// Runs `work`, and again after a failure that may pass by itself: the database is away, busy or full. What a person must fix
    /// ends it at once.
    ///
    /// The first pauses are short, because a server that restarts is back within a minute; the longest is a quarter of an hour.
    /// The retries are counted here and not by systemd, which counts starts of every kind: those of the evening would cost the
    /// night its run.
    ///
    /// - Parameters:
    ///   - window: after this, the next failure is the last.
    ///   - isFinal: whether an error ends it although it may pass.
    /// - Throws: the last failure of `work`; `Cancelled` as soon as the run is to end.
    package func retrying<Value>(
        for window: Duration, unless isFinal: @escaping @Sendable (any Error) -> Bool, _ work: () throws -> Value
    ) throws -> Value {
        let policy = RetryPolicy(.time(window), delay: .doubling(from: .seconds(15), to: .seconds(900))) {
            Self.mayPass($0) && !isFinal($0)
        }
        return try policy.run(
            outageTiming ?? cancellation.retryTiming,
            beforePause: { attempt, error in
                connections.release()
                logger.note("attempt \(attempt) failed, the next one follows: \(describeFailure(error).message)")
            }, work)
    }

    /// Whether the same run may succeed later without anyone's help.
    private static func mayPass(_ error: any Error) -> Bool {
        switch ErrorCategory(of: error) {
        case .failed, .busy, .unreachable, .output, .tryLater: true
        case .migrationsPending, .migrationHalfApplied, .schema, .refused, .usage, .badData, .permission,
            .configuration,
            .interrupted, .terminated:
            false
        }
    }
}
