import ErrorModel

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

    /// Message and fix together.
    var text: String { Self.joined(message, fix) }

    /// Two sentences, the first of which may end in a question mark.
    static func joined(_ message: String, _ fix: String?) -> String {
        guard let fix else { return message }
        return message + (message.last.map { "?!.".contains($0) } == true ? " " : ". ") + fix
    }
}
