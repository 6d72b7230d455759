package import ErrorModel
import Foundation

/// Output that could not be written.
package struct OutputError: Diagnosable {
    let descriptor: Int32
    let number: Int32
    /// What has been done all the same.
    package var done: String?

    package init(descriptor: Int32, number: Int32) {
        self.descriptor = descriptor
        self.number = number
    }

    package var description: String {
        let name = descriptor == STDOUT_FILENO ? "standard output" : "standard error"
        return (done.map { $0 + ", but " } ?? "") + "cannot write to \(name): \(String(cString: strerror(number)))"
    }

    package var category: ErrorCategory { .output }
    package var remedy: Remedy? { nil }
}
