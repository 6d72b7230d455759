import ErrorModel
import FoundationEssentials
import Glibc
import Migrations
import Operations

/// Reports an error: as text on stderr, and under `--json` as a document on stdout (<doc:JSONOutput#Errors>).
struct FailureWriter {
    let streams: CommandContext.Streams
    let isJSON: Bool

    /// - Parameters:
    ///   - task: the task that failed with it; nil if none had begun.
    ///   - location: the database that the run worked on.
    /// - Returns: the exit code.
    func end(_ error: any Error, task: TaskSummary?, location: String?) -> Int32 {
        let report = ErrorReport(of: error)
        // A schema error is about one database; which one may come from the environment.
        let prefix = error is SchemaError ? location.map { $0 + ": " } ?? "" : ""
        try? streams.errors.write("pnbook: \(prefix)\(report.text)\n", priority: .error)
        // If standard output is what failed, nothing more can be printed there.
        if error is OutputError { return report.code }
        return endAfterText(report, task: task)
    }

    /// The document alone, after the text has been printed.
    func endAfterText(_ report: ErrorReport, task: TaskSummary?) -> Int32 {
        guard isJSON else { return report.code }
        do {
            try streams.output.write(
                document: JSONDocument.pretty(Envelope(EmptyDocument(), task: task, failure: report)))
        } catch {
            try? streams.errors.write("pnbook: \(String(describing: error))\n", priority: .error)
        }
        return report.code
    }
}
