import Harness

/// The program under a limit on the size of files, as a quota or `ulimit -f` of the service sets it.
enum LimitedRun {
    /// What becomes of the signal that the kernel sends to a process that writes beyond the limit.
    enum Signal: String, Sendable {
        case ignored = "--ignore-signal=XFSZ"
        /// It kills a program that does not provide for it.
        case standard = "--default-signal=XFSZ"
    }

    /// Runs the program to its end.
    ///
    /// - Parameter kilobytes: the most that a file which the program writes may have; far more than it says.
    static func run(
        _ arguments: [String], kilobytes: Int, _ signal: Signal, environment: [String: String] = [:]
    ) throws -> ProgramResult {
        try Program.start(
            arguments, by: ["env", signal.rawValue, "prlimit", "--fsize=\(kilobytes * 1024)"], environment: environment
        ).result(120)
    }
}
