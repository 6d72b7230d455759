package import ErrorModel

/// An error in the front end's words: what a task's row and a monitor get.
package struct FailureDescription: Sendable {
    /// What happened, and the way out.
    package let message: DisplayText
    /// What the process exits with for it.
    package let exitCode: Int32

    package init(message: DisplayText, exitCode: Int32) {
        self.message = message
        self.exitCode = exitCode
    }
}
