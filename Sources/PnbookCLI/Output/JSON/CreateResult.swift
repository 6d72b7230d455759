import ErrorModel
import Operations
import PartnumberBooks

/// The result of `create`.
struct CreateResult: CommandResult {
    let report: CreateReport
    let task: TaskSummary?
    /// What is not to be repeated.
    let known: KnownWarnings
    let failsOnWarnings: Bool

    func encode(to encoder: any Encoder) throws {
        try CreateDocument(report) { ErrorReport(of: $0).text }.encode(to: encoder)
    }

    var done: DisplayText? {
        report.isDryRun || report.isUnchanged ? nil : "\(report.book.version) is published and active"
    }

    var warnings: [DisplayText] { allWarnings.filter { !known.contains($0.string) } }

    var knownWarnings: [DisplayText] { allWarnings.filter { known.contains($0.string) } }

    private var allWarnings: [DisplayText] { report.warnings.map { $0.text { ErrorReport(of: $0).text } } }

    var failure: ErrorReport? {
        failsOnWarnings && !warnings.isEmpty ? ErrorReport(warnings: warnings.count) : nil
    }

    func text(_ style: TextStyle) -> DisplayText { report.text(style) }
}
