import Foundation
import Testing

/// Which tests really ran on which engine and version, for `Tests/run` to report.
package enum TestTally {
    /// Notes that the current test has opened a database.
    ///
    /// - Parameter version: the engine's, as it says it itself; its first word counts.
    /// - Throws: ``WrongLine`` where the run is of another line of MariaDB.
    package static func record(_ engine: TestEngine, version: String) throws {
        let version = String(version.prefix { $0 != " " })
        if engine == .mariadb { try requireLine(version) }
        guard let file = ProcessInfo.processInfo.environment["PNBOOK_TEST_TALLY"] else { return }
        let test = Test.current.map { "\($0.id)" } ?? "outside a test"
        let line = "\(engine.rawValue)\t\(version)\t\(test.replacingOccurrences(of: "\n", with: " "))\n"
        // O_APPEND: lines of concurrent tests do not mix.
        let descriptor = open(file, O_WRONLY | O_APPEND | O_CREAT, 0o644)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = line.withCString { write(descriptor, $0, strlen($0)) }
    }

    /// A test that passed on another line than the run is of would say something about the wrong server.
    private static func requireLine(_ version: String) throws {
        guard let line = ProcessInfo.processInfo.environment["PNBOOK_TEST_MARIADB_LINE"] else { return }
        guard version.hasPrefix(line + ".") else { throw WrongLine(line: line, version: version) }
    }
}

/// A server is of another line than the tests are to run on.
package struct WrongLine: Error, CustomStringConvertible {
    package let line: String
    package let version: String

    package var description: String {
        "this server is MariaDB \(version), and the tests run on line \(line): look at the PATH of what started it"
    }
}
