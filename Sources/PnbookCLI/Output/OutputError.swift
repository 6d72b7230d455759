import ErrorModel
import Foundation

/// Output that could not be written.
struct OutputError: Diagnosable {
    let descriptor: Int32
    let number: Int32
    /// What has been done nevertheless; nil if nothing was.
    var done: String?

    var description: String {
        let name = descriptor == STDOUT_FILENO ? "standard output" : "standard error"
        return (done.map { $0 + ", but " } ?? "") + "cannot write to \(name): \(String(cString: strerror(number)))"
    }

    var category: ErrorCategory { .output }
    var remedy: Remedy? { nil }
}
