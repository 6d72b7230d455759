import ErrorModel
import Operations

/// What an error means to whoever started the program.
struct ErrorReport {
    /// The exit code.
    let code: Int32
    /// The category's name, in snake case; it stays as it is.
    let kind: String
    /// What happened, and what state things are in now.
    let message: String
    /// What to do next, as sentences without the last full stop; nil where nothing better is known than the message.
    let fix: String?

    /// - Parameter error: any; one that does not say its category has failed.
    init(of error: any Error) {
        let category = ErrorCategory(of: error)
        code = ExitStatus(category).rawValue
        kind = category.rawValue
        message = (error as? any Diagnosable)?.summary ?? "\(error)"
        fix = Remedy(for: error)?.sentence
    }

    /// A result that is complete, and all the same not what was hoped for.
    init(_ category: ErrorCategory, _ message: String, _ remedy: Remedy? = nil) {
        self.init(code: ExitStatus(category).rawValue, kind: category.rawValue, message: message, fix: remedy?.sentence)
    }

    /// A run that is done, and whose warnings count as a failure.
    init(warnings count: Int) {
        self.init(
            code: ExitStatus.warnings.rawValue, kind: "warnings",
            message: "the run ended with \(count.counted("warning"))",
            fix: nil)
    }

    /// How another process ended, by its exit code.
    init(exitCode code: Int32, _ message: String) {
        let category = ErrorCategory.allCases.first { ExitStatus($0).rawValue == code }
        let kind = code == ExitStatus.warnings.rawValue ? "warnings" : (category ?? .failed).rawValue
        self.init(code: code, kind: kind, message: message, fix: nil)
    }

    private init(code: Int32, kind: String, message: String, fix: String?) {
        self.code = code
        self.kind = kind
        self.message = message
        self.fix = fix
    }

    /// For a task's row and for a monitor.
    var description: FailureDescription { FailureDescription(message: text, exitCode: code) }

    /// Message and fix together.
    var text: String { Self.joined(message, fix) }

    /// Two sentences, the first of which may end in a question mark.
    static func joined(_ message: String, _ fix: String?) -> String {
        guard let fix else { return message }
        return message + (message.last.map { "?!.".contains($0) } == true ? " " : ". ") + fix
    }
}
