import Foundation
import Migrations
import Operations

/// Says what went wrong: in words on stderr, and as a document on stdout under `--json`.
struct FailureWriter {
    let streams: CommandContext.Streams
    let isJSON: Bool

    /// - Parameters:
    ///   - task: the task that ended by it, if one had begun.
    ///   - location: which database the run was about.
    /// - Returns: the exit code.
    func end(_ error: any Error, task: TaskSummary?, location: String?) -> Int32 {
        let report = ErrorReport(of: error)
        // What is said of a schema is said of one database; which one may come from the environment.
        let prefix = error is SchemaError ? location.map { $0 + ": " } ?? "" : ""
        try? streams.errors.write("pnbook: \(prefix)\(report.text)\n")
        // Where standard output is what failed, nothing more can be said there.
        if error is OutputError { return report.code }
        return endAfterwards(report, task: task)
    }

    /// The same where the words have been said.
    func endAfterwards(_ report: ErrorReport, task: TaskSummary?) -> Int32 {
        guard isJSON else { return report.code }
        do {
            try streams.output.write(JSONDocument.pretty(Envelope(EmptyDocument(), task: task, failure: report)))
        } catch {
            try? streams.errors.write("pnbook: \(error)\n")
        }
        return report.code
    }
}
