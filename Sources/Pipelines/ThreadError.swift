package import ErrorModel
import FoundationEssentials
import Glibc

/// A thread that could not be started: a limit of processes and threads, or of memory, is reached.
package struct ThreadError: Diagnosable, Hashable {
    /// What the thread was for.
    package let thread: String
    /// The system's error number.
    package let code: Int32

    package var text: DisplayText {
        "the thread '\(thread)' could not be started: \(String(cString: strerror(code)))"
    }

    package var category: ErrorCategory { .tryLater }

    package var remedy: Remedy? {
        .text(
            "Try again once other processes have ended, or raise the limit of threads: ulimit -u, TasksMax= of the service, "
                + "pids.max of the container")
    }
}
