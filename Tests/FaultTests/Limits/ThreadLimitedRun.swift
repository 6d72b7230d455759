import Foundation
import Harness

/// The program under a limit of threads, as `ulimit -u` or the service's `TasksMax=` sets it.
enum ThreadLimitedRun {
    /// No limit binds root: its tests run the program as a user who has no other process, with root's access to files.
    /// Another user's tests can only forbid threads altogether, because the limit counts all of the user's processes.
    static let limits = getuid() == 0 ? 1...12 : 1...1

    /// Runs the program to its end.
    ///
    /// - Parameter limit: the most threads that it may have, its first one included.
    /// - Throws: ``ProgramError/timeLimit(_:)`` after half a minute: it may not wait for a thread that never began.
    static func run(_ arguments: [String], limit: Int) throws -> ProgramResult {
        try Program.start(arguments, by: ["env"] + user + ["prlimit", "--nproc=\(limit)"]).result(30)
    }

    private static var user: [String] {
        guard getuid() == 0 else { return [] }
        let access = "+dac_override,+dac_read_search"
        return [
            "setpriv", "--reuid=\(Int.random(in: 20_000...60_000))", "--clear-groups", "--inh-caps=\(access)",
            "--ambient-caps=\(access)",
        ]
    }
}
