/// How a task ended.
package struct TaskResult: Sendable {
    package var status: TaskStatus
    package var message: String
    package var result: String?
    package var errorMessage: String?
    /// What the process will exit with; nil where that is not known.
    package var exitCode: Int32?

    package init(
        status: TaskStatus, message: String, result: String? = nil, errorMessage: String? = nil, exitCode: Int32? = nil
    ) {
        self.status = status
        self.message = message
        self.result = result
        self.errorMessage = errorMessage
        self.exitCode = exitCode
    }
}
