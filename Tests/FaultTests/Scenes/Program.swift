import Foundation
import Harness
import TestSupport

/// The program under test, which goes on while a test does something to it.
enum Program {
    /// The folder of the whole project, which holds fixtures and articles.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Starts `pnbook` with these arguments; with a fault, the program that has faults.
    ///
    /// - Parameters:
    ///   - launcher: a program and its arguments that start it; empty to start it directly.
    ///   - environment: besides this process's own.
    static func start(
        _ arguments: [String], fault: Fault? = nil, by launcher: [String] = [], environment: [String: String] = [:]
    ) throws -> ChildRun {
        let program: TestProgram = fault == nil ? .pnbook : .faulty
        // A user who runs the tests may have a configuration of their own.
        let variables = ProcessInfo.processInfo.environment.merging(["XDG_CONFIG_HOME": "/dev/null"]) { $1 }
            .merging(environment) { $1 }.merging(fault?.environment ?? [:]) { $1 }
        return try ChildRun(launcher + [program.path] + arguments, environment: variables)
    }

    /// Runs `pnbook` to its end.
    static func run(
        _ arguments: [String], fault: Fault? = nil, by launcher: [String] = [], environment: [String: String] = [:]
    ) throws -> ProgramResult {
        try start(arguments, fault: fault, by: launcher, environment: environment).result()
    }
}
