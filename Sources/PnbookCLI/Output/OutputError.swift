import ErrorModel
import FoundationEssentials
import Glibc

/// Output that could not be written.
struct OutputError: Diagnosable {
    let descriptor: Int32
    let number: Int32
    /// What has been done nevertheless; nil if nothing was.
    var done: DisplayText?

    var text: DisplayText {
        let name: DisplayText = descriptor == STDOUT_FILENO ? "standard output" : "standard error"
        let problem: DisplayText = "cannot write to \(name): \(String(cString: strerror(number)))"
        return done.map { "\($0), but \(problem)" } ?? problem
    }

    var category: ErrorCategory { .output }
    var remedy: Remedy? { nil }
}
