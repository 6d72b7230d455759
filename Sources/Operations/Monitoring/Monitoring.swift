import ErrorModel
import FoundationEssentials
import Glibc
import Logging
package import Tasks

extension RunContext {
    /// Runs `work`, and reports it: to a monitor by pings, to a collector by a file of metrics. Neither can make a run fail.
    ///
    /// - Parameters:
    ///   - file: where the metrics go instead of ``metricsFile``.
    ///   - program: the program's version, for the metrics.
    ///   - work: returns what it made, and a line about what was done.
    /// - Throws: what `work` throws.
    package func withMonitoring<Value>(
        _ type: TaskType, metricsTo file: String?, program: String, _ work: () throws -> (Value, String)
    ) throws -> Value {
        ping?.listen(to: observers, for: type)
        // The monitor first: the metrics query the database, which may be what is failing.
        defer { writeMetrics(to: file ?? metricsFile, program) }
        do {
            let (value, message) = try work()
            ping?.succeed(message)
            return value
        } catch {
            if isToBeTold(error) { ping?.fail(describeFailure(error).message.string) }
            throw error
        }
    }

    /// Neither a typing error nor another process's run is a night without a book; a lock that no live run holds may be.
    private func isToBeTold(_ error: any Error) -> Bool {
        switch error {
        case is UsageError: false
        case let busy as DatabaseBusyError: !busy.isRunAtWork(at: clock.machine())
        default: true
        }
    }

    private func writeMetrics(to file: String?, _ program: String) {
        guard let file else { return }
        do {
            try AtomicFile.write(
                try Metrics(self, program: program).text, to: file, rights: .everyone, replacing: .marked(.metrics))
            logger.debug("wrote the metrics to \(file)")
        } catch {
            let reason = describeFailure(error).message
            logger.warn("the metrics in \(file) are as before, they could not be written: \(reason)")
        }
    }
}
