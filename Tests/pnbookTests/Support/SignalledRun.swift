import Foundation
import TestSupport

/// A run of the program that waits for another one until it is told to end.
enum SignalledRun {
    /// Starts `create` on a database that somebody holds, and sends it a signal once it waits.
    static func create(on database: TestDatabase, ending signal: Int32) throws -> ProgramResult {
        try run(["create", "--wait", "60s", "--database", try database.url], ending: signal) { $0.contains("waiting") }
    }

    /// Starts the program, and sends it a signal.
    ///
    /// - Parameter isTime: asked again and again, with what the program has said on standard error.
    static func run(
        _ arguments: [String], ending signal: Int32, once isTime: (String) -> Bool
    ) throws -> ProgramResult {
        let folder = try ScratchFolder()
        let files = try ["stdout", "stderr"].map { name in
            let path = try folder.write("", to: name)
            guard let file = FileHandle(forWritingAtPath: path) else { throw ProgramError.notStarted(path, errno) }
            return (path: path, file: file)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try RunProgram.binary())
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = files[0].file
        process.standardError = files[1].file
        try process.run()
        let said = { String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self) }
        let deadline = ContinuousClock.now + .seconds(60)
        while process.isRunning, !isTime(said(files[1].path)) {
            guard ContinuousClock.now < deadline else { break }
            usleep(5000)
        }
        kill(process.processIdentifier, signal)
        while process.isRunning {
            guard ContinuousClock.now < deadline else {
                kill(process.processIdentifier, SIGKILL)
                throw ProgramError.timeLimit(arguments.joined(separator: " "))
            }
            usleep(5000)
        }
        process.waitUntilExit()
        let code = (process.terminationReason == .uncaughtSignal ? 128 : 0) + process.terminationStatus
        return ProgramResult(code: code, stdout: said(files[0].path), stderr: said(files[1].path))
    }
}
