import ErrorModel
import Operations

/// An error as the command line reports it; also for a result that is complete and still not good, such as a broken promise.
struct ErrorReport {
    /// The exit code.
    let code: Int32
    /// The error's category for programs, in snake case; never changes (<doc:ExitCodes>).
    let kind: String
    /// What happened, and the resulting state.
    let message: DisplayText
    /// What to do next, as sentences without the last full stop; nil if there is nothing to add to the message.
    let fix: DisplayText?

    /// - Parameter error: any error; one without a category counts as `failed`.
    init(of error: any Error) {
        self.init(
            ErrorCategory(of: error), (error as? any Diagnosable)?.summary ?? DisplayText(of: error),
            fix: Remedy(for: error))
    }

    init(_ category: ErrorCategory, _ message: DisplayText, fix remedy: Remedy? = nil) {
        self.init(code: ExitStatus(category).rawValue, message: message, fix: remedy?.sentence)
    }

    init(warnings count: Int) {
        self.init(code: ExitStatus.warnings.rawValue, message: "the run ended with \(count.counted("warning"))")
    }

    /// - Parameter code: of a run that has ended, perhaps of another version of this program.
    init(code: Int32, message: DisplayText, fix: DisplayText? = nil) {
        self.code = code
        kind = (ExitStatus(rawValue: code) ?? .failed).kind
        self.message = message
        self.fix = fix
    }

    /// Message and fix together.
    var text: DisplayText { Self.joined(message, fix) }

    /// For a task's row and for a monitor.
    var description: FailureDescription { FailureDescription(message: text, exitCode: code) }

    /// Two sentences, the first of which may end in a question mark.
    static func joined(_ message: DisplayText, _ fix: DisplayText?) -> DisplayText {
        guard let fix else { return message }
        let isEnded = message.string.last.map { "?!.".contains($0) } == true
        return isEnded ? "\(message) \(fix)" : "\(message). \(fix)"
    }
}
