import ErrorModel
import FoundationEssentials
import Glibc
import Operations

/// The installed `pnbook`, which does the work: by its path, never by what a search for its name would find.
package struct InstalledProgram: Sendable {
    /// Its full path.
    package let path: String
    /// All that it is started with.
    package let environment: [String: String]

    /// - Throws: `ConfigurationError` for what cannot be run, or what another user could have put there.
    package init(path: String, environment: [String: String]) throws {
        guard path.hasPrefix("/") else {
            throw ConfigurationError("the program \(path) is not given by its full path")
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw ConfigurationError("the program \(path) cannot be looked at: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else {
            throw ConfigurationError("\(path) is not a program that can be run")
        }
        guard status.st_mode & 0o002 == 0 else {
            throw ConfigurationError("every user may change the program \(path); run: chmod o-w \(path)")
        }
        self.path = path
        self.environment = environment
    }

    /// `pnbook` beside the program that runs.
    package static var besideThisProgram: String {
        let own = OwnProgram.path
        return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/pnbook"
    }

    /// Seconds that a question may take: a comparison of two large books takes some.
    private static let timeLimit = 120.0
    /// Bytes that an answer may have.
    static let outputLimit = 4 << 20

    /// Runs a verb to its end, with its document as the result.
    ///
    /// - Parameters:
    ///   - arguments: a fixed list, in which texts from outside follow `=` or `--`.
    ///   - proceed: called many times a second; an error that it throws ends the program.
    /// - Throws: `ChildProcess.Failure`, and what `proceed` throws.
    func run(
        _ arguments: [String], within seconds: Double = Self.timeLimit, proceed: () throws -> Void = {}
    ) throws -> ChildProcess.Result {
        try ChildProcess(
            path, arguments, environment: .exactly(environment), outputLimit: Self.outputLimit
        ).run(within: seconds, proceed: proceed)
    }

    /// Starts a verb that goes on when we end.
    ///
    /// - Parameter folder: for its output and, unless the environment names another, its temporary files: `/tmp` may be the
    ///   service's own, which systemd removes when the page ends.
    /// - Throws: `ChildProcess.Failure`.
    func start(_ arguments: [String], outputIn folder: String) throws -> DetachedProcess {
        try DetachedProcess(
            path, arguments, environment: environment.merging(["TMPDIR": folder]) { given, _ in given },
            outputIn: folder)
    }
}
