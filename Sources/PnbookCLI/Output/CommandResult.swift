import ErrorModel
import Operations

/// The result of a command: one value with a text for people and a JSON form for programs. The context prints it in the chosen
/// form.
protocol CommandResult: Encodable {
    /// The result for people, with a line break at its end.
    func text(_ style: TextStyle) -> DisplayText
    /// Whether lines of the text may be wrapped; not those of units and statements.
    var isProse: Bool { get }
    /// The task that the command ran; nil for none.
    var task: TaskSummary? { get }
    /// What has been done, in case the result cannot be printed; nil if nothing was.
    var done: DisplayText? { get }
    /// Warnings for stderr if no text is printed: `--quiet` must not hide them.
    var warnings: [DisplayText] { get }
    /// Warnings that need not be repeated to people; a service's journal has them.
    var knownWarnings: [DisplayText] { get }
    /// Why the command exits with a code other than 0; nil if it exits 0.
    var failure: ErrorReport? { get }
}

extension CommandResult {
    var isProse: Bool { true }
    var task: TaskSummary? { nil }
    var done: DisplayText? { nil }
    var warnings: [DisplayText] { [] }
    var knownWarnings: [DisplayText] { [] }
    var failure: ErrorReport? { nil }
}
