import Foundation
import TestSupport

/// The program under a limit of threads, as `ulimit -u` or the service's `TasksMax=` sets it.
enum ThreadLimitedRun {
    /// No limit binds root: its tests run the program as a user who has no other process, with root's access to files.
    /// Another user's tests can only forbid threads altogether, because the limit counts all of the user's processes.
    static let limits = getuid() == 0 ? 1...12 : 1...1

    /// Runs the program to its end.
    ///
    /// - Parameter limit: the most threads that it may have, its first one included.
    /// - Throws: ``TookTooLong`` after half a minute: it may not wait for a thread that never began.
    static func run(_ arguments: [String], limit: Int) throws -> (code: Int32, stderr: String) {
        guard let binary = ProcessInfo.processInfo.environment["PNBOOK_TEST_BINARY"] else { throw MissingBinary() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = user + ["prlimit", "--nproc=\(limit)", binary] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CONFIG_HOME": "/dev/null"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        // What is said is short and fits into the pipe.
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        try eventually(30, "pnbook \(arguments) ends under a limit of \(limit) threads") { !process.isRunning }
        process.waitUntilExit()
        let stderr = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let code = process.terminationStatus
        return (process.terminationReason == .uncaughtSignal ? 128 + code : code, stderr)
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
