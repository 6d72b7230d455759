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
        let file = file ?? metricsFile
        do {
            let message = try work()
            writeMetrics(to: file)
            ping?.succeed(message)
        } catch let ending as Ending {
            // Nothing was done where another run is at work; and what ends with warnings is done.
            writeMetrics(to: file)
            if ending.code != 0 { ping?.succeed("done, with warnings") }
            throw ending
        } catch {
            writeMetrics(to: file)
            ping?.fail(Outcome(of: error).message)
            throw error
        }
    }

    private func writeMetrics(to file: String?) {
        guard let file else { return }
        do {
            try AtomicFile.write(try Metrics.text(self), to: file, mode: AtomicFile.publicMode)
        } catch {
            logger.warning("the figures in \(file) are as before, they could not be written: \(error)")
        }
    }
}
