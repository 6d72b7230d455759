import Foundation
import Harness

/// The programs under test, where `Tests/run` has built them.
package enum TestProgram: String {
    /// The program as it ships.
    case pnbook = "PNBOOK_TEST_BINARY"
    /// The same program, which breaks its connections where it is told to (``Fault``).
    case faulty = "PNBOOK_TEST_FAULTY_BINARY"
    case benchmark = "PNBOOK_TEST_BENCHMARK"
    /// The admin's page.
    case web = "PNBOOK_TEST_WEB_BINARY"

    /// The program's path.
    ///
    /// - Throws: ``ProgramError/unknownBinary(variable:)`` where the tests were not started with `Tests/run`.
    package var path: String {
        get throws {
            guard let path = ProcessInfo.processInfo.environment[rawValue] else {
                throw ProgramError.unknownBinary(variable: rawValue)
            }
            return path
        }
    }
}
