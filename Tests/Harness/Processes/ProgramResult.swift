/// What a program that has ended left behind.
package struct ProgramResult: Sendable {
    /// The exit code; 128 and the signal's number where a signal ended it.
    package let code: Int32
    /// What it wrote to standard output, where that was captured.
    package let stdout: String
    /// What it wrote to standard error, where that was captured.
    package let stderr: String
    /// All that it said: standard output, and then standard error.
    package var said: String { stdout + stderr }

    package init(code: Int32, stdout: String, stderr: String) {
        self.code = code
        self.stdout = stdout
        self.stderr = stderr
    }
}
