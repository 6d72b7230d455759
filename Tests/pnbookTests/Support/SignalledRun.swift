import Harness
import TestSupport

/// A run of the program that waits for another one until it is told to end.
enum SignalledRun {
    /// Starts `create` on a database that another session holds, and sends it a signal once it waits.
    static func create(on database: TestDatabase, ending signal: Int32) throws -> ProgramResult {
        try run(["create", "--wait", "60s", "--database", try database.url], ending: signal) { $0.contains("waiting") }
    }

    /// Starts the program, and sends it a signal.
    ///
    /// - Parameter isTime: asked again and again, with what the program has said on standard error.
    static func run(
        _ arguments: [String], ending signal: Int32, once isTime: (String) -> Bool
    ) throws -> ProgramResult {
        var program = RunProgram(arguments)
        program.showsProgress = true
        let child = try program.start()
        try eventually(60, "\(arguments) waits or ends") { !child.isRunning || isTime(child.stderr) }
        child.signal(signal)
        return try child.result()
    }
}
