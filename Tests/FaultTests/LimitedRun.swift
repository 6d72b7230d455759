import Foundation
import TestSupport

/// The program under a limit on the size of files, as a quota or `ulimit -f` of the service sets it.
enum LimitedRun {
    /// What becomes of the signal that the kernel sends to who writes beyond the limit.
    enum Signal: String, Sendable {
        case ignored = "--ignore-signal=XFSZ"
        /// It kills a program that does not provide for it.
        case standard = "--default-signal=XFSZ"
    }

    /// Runs the program to its end.
    ///
    /// - Parameter kilobytes: the most that a file which the program writes may have.
    static func run(
        _ arguments: [String], kilobytes: Int, _ signal: Signal, environment: [String: String] = [:]
    ) throws -> (code: Int32, stderr: String) {
        guard let binary = ProcessInfo.processInfo.environment["PNBOOK_TEST_BINARY"] else { throw MissingBinary() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [signal.rawValue, "prlimit", "--fsize=\(kilobytes * 1024)", binary] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        // A pipe, to which the limit does not apply. What is said is short and fits into it.
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        try eventually(120, "pnbook \(arguments) ends") { !process.isRunning }
        process.waitUntilExit()
        let stderr = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let code = process.terminationStatus
        return (process.terminationReason == .uncaughtSignal ? 128 + code : code, stderr)
    }
}
