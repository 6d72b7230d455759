import ErrorModel
import Logging
import Operations
import PartnumberBooks

/// The result of a `create` that was refused or has failed: what it had seen, in the form of a success.
struct FailedCreateResult: CommandResult {
    let creation: FailedCreation
    let isDryRun: Bool
    let task: TaskSummary?
    let failure: ErrorReport?

    func encode(to encoder: any Encoder) throws {
        try CreateDocument(failed: creation.counted, isDryRun: isDryRun).encode(to: encoder)
    }

    func text(_ style: TextStyle) -> DisplayText { creation.text(isDryRun: isDryRun, style) }
}

extension CommandContext {
    /// Prints what a failed `create` had seen.
    ///
    /// - Returns: what is left to be told on standard error, and to end by.
    func report(_ creation: FailedCreation, isDryRun: Bool) -> ReportedFailure {
        let result = FailedCreateResult(
            creation: creation, isDryRun: isDryRun, task: run.lastTask.summary,
            failure: ErrorReport(of: creation.cause))
        do {
            try write(result)
        } catch {
            // The failure itself is the greater news.
            logger.complain("\(error)")
        }
        return ReportedFailure(cause: isQuiet ? creation : creation.cause)
    }
}
