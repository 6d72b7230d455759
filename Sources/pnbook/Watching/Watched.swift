import Foundation
import Logging
import Tasks

extension AppContext {
    /// Does `work`, and tells those who watch from outside: a monitor by pings, a collector by a file of figures. Neither
    /// can make a run fail.
    ///
    /// - Parameter work: returns what it has done, in words.
    func watched(_ type: TaskType, metricsTo file: String?, _ work: () throws -> String) throws {
        ping?.listen(to: subscribers, for: type)
        // The monitor first: the figures ask the database, which may be what is ill.
        defer { writeMetrics(to: file ?? metricsFile) }
        do {
            let message = try work()
            ping?.succeed(message)
        } catch let ending as Ending {
            // What ends with warnings is done. Where another run is at work, that one tells of itself.
            if ending.code != 0 { ping?.succeed("done, with warnings") }
            throw ending
        } catch {
            // Neither a slip of the finger nor somebody else's run is a night without a book.
            if !(error is UsageError), !(error is DatabaseBusyError) { ping?.fail(ErrorReport(of: error).text) }
            throw error
        }
    }

    private func writeMetrics(to file: String?) {
        guard let file else { return }
        do {
            try AtomicFile.write(try Metrics(self).text, to: file, mode: AtomicFile.publicMode)
        } catch {
            logger.warning(
                "the figures in \(file) are as before, they could not be written: \(ErrorReport(of: error).text)")
        }
    }
}
