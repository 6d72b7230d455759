import Foundation
import TestSupport

/// The built program as a child process that goes on while the test does something to it.
final class Child {
    private let process = Process()
    private let folder: String

    /// Starts `pnbook` with these arguments.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        folder = NSTemporaryDirectory() + "/pnbook-child-" + UUID().uuidString.lowercased()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard let binary = ProcessInfo.processInfo.environment["PNBOOK_TEST_BINARY"] else { throw MissingBinary() }
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = arguments
        // Whoever runs the tests may have a configuration of their own.
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CONFIG_HOME": "/dev/null"]) { $1 }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        for name in ["out", "err"] { _ = FileManager.default.createFile(atPath: folder + "/" + name, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
        process.standardError = FileHandle(forWritingAtPath: folder + "/err")
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var stdout: String { (try? String(contentsOfFile: folder + "/out", encoding: .utf8)) ?? "" }
    var stderr: String { (try? String(contentsOfFile: folder + "/err", encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) {
        kill(pid, number)
    }

    /// Waits for the end and returns the exit code; 128 and more for a signal.
    ///
    /// - Throws: ``TookTooLong`` after `seconds`, and kills the process.
    @discardableResult
    func wait(_ seconds: Double = 60) throws -> Int32 {
        try eventually(seconds, "pnbook \(process.arguments ?? []) ends") { !process.isRunning }
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
            ? 128 + process.terminationStatus : process.terminationStatus
    }

    /// Waits until the child has said something on stderr.
    func waitFor(_ text: String, _ seconds: Double = 60) throws {
        try eventually(seconds, "pnbook says '\(text)'") { stderr.contains(text) || !process.isRunning }
    }

    /// Runs the program to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (code: Int32, stderr: String)
    {
        let child = try Child(arguments, environment: environment)
        let code = try child.wait()
        return (code, child.stderr)
    }
}

struct MissingBinary: Error, CustomStringConvertible {
    var description: String { "PNBOOK_TEST_BINARY is not set: start the tests with Tests/run" }
}

struct TookTooLong: Error, CustomStringConvertible {
    let what: String
    var description: String { "it never came true that \(what)" }
}

/// Waits until `condition` is true.
func eventually(_ seconds: Double = 60, _ what: String, _ condition: () throws -> Bool) throws {
    let start = ContinuousClock.now
    while try !condition() {
        guard ContinuousClock.now - start < .seconds(seconds) else { throw TookTooLong(what: what) }
        usleep(5000)
    }
}
