import Operations

/// What a command has to say: one value with a text for people and a JSON form for programs. The context prints it, in the
/// one that was asked for.
protocol CommandResult: Encodable {
    /// The result for people, with a line break at its end.
    func text(_ style: TextStyle) -> String
    /// The task that the command ran; nil for none.
    var task: TaskSummary? { get }
    /// What has been done, should the result not reach its reader; nil where nothing was.
    var done: String? { get }
    /// What is said on stderr where no text is printed: it must not get lost under `--quiet`.
    var warnings: [String] { get }
    /// Why the command exits with another code than 0; nil where it does not.
    var failure: ErrorReport? { get }
}

extension CommandResult {
    var task: TaskSummary? { nil }
    var done: String? { nil }
    var warnings: [String] { [] }
    var failure: ErrorReport? { nil }
}
