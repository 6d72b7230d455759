import ArgumentParser
import Chronology
import Database
import Foundation
import Harness
import Logging
import Tasks
import Testing

@testable import Operations
@testable import PnbookCLI

/// A command run in this process, with a clock, a database and outputs of the test's own.
///
/// What the test does not give fails loudly: without connections each attempt to open one is an error.
struct CommandInProcess {
    var clock = RunClock(Instant(iso8601: "2026-11-20T03:00:00Z"))
    var connections = ConnectionFactory.unopened
    var format = CommandContext.ResultFormat.text
    /// The pauses of a run that tries again.
    var outageTiming: RetryTiming?

    /// What the command wrote, and what it threw.
    struct Outcome {
        let stdout: String
        let stderr: String
        let error: (any Error)?
    }

    func run(_ arguments: [String]) throws -> Outcome {
        let folder = try ScratchFolder()
        let (output, errors) = (try Self.open(folder.path + "/stdout"), try Self.open(folder.path + "/stderr"))
        defer {
            close(output)
            close(errors)
        }
        let trigger = try #require(TaskTrigger("api:test"))
        let log = StderrLog(output: Output(descriptor: errors), logLevel: format == .quiet ? .warning : .info)
        var run = RunContext(
            databaseURL: nil, trigger: trigger, clock: clock, connections: connections,
            logger: Logger(label: "pnbook") { _ in log })
        run.outageTiming = outageTiming
        let context = CommandContext(
            run: run, format: format,
            streams: CommandContext.Streams(
                output: Output(descriptor: output), errors: Output(descriptor: errors)),
            configuration: try Configuration(environment: ["PNBOOK_CONFIG": "/dev/null"]))
        var command = try #require(try Pnbook.parseAsRoot(arguments) as? any Command)
        var failure: (any Error)?
        do {
            try command.run(context)
        } catch {
            failure = error
        }
        return Outcome(
            stdout: try String(contentsOfFile: folder.path + "/stdout", encoding: .utf8),
            stderr: try String(contentsOfFile: folder.path + "/stderr", encoding: .utf8), error: failure)
    }

    private static func open(_ path: String) throws -> Int32 {
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        return descriptor
    }
}
