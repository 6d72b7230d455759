package import ErrorModel
import FoundationEssentials
import Glibc

/// Runs another program to its end within a time limit, in a process group of its own.
///
/// It inherits our standard error and nothing else that is ours: no other descriptor, no signal that we block or ignore, no
/// `PNBOOK_` variable that it was not given.
package struct ChildProcess {
    package struct Result: Sendable {
        /// 128 and the signal's number where a signal ended it.
        package let code: Int32
        package let output: String
    }

    /// Why it did not end by itself. No process of its group is left.
    package enum Failure: Error, CustomStringConvertible {
        case notStarted(String, Int32)
        case timeLimit(Double)
        /// The most that it may print, in bytes.
        case outputLimit(Int)
        /// The system does not say how it ended.
        case lost(Int32)

        package var description: String { text.string }

        package var text: DisplayText {
            switch self {
            case .notStarted(let program, let number): "\(program) cannot be run: \(String(cString: strerror(number)))"
            case .timeLimit(let seconds): "it took longer than \(Int(seconds)) seconds and was stopped"
            case .outputLimit(let limit): "it printed more than \(limit >> 10) KiB and was stopped"
            case .lost(let number): "it cannot be waited for: \(String(cString: strerror(number)))"
            }
        }
    }

    private let program: String
    private let arguments: [String]
    private let input: String
    private let isMute: Bool
    private let environment: ChildEnvironment
    private let outputLimit: Int

    /// The most bytes of output that a password or an answer may have.
    package static let smallOutput = 64 << 10

    /// - Parameters:
    ///   - program: by its full path.
    ///   - input: its standard input; short, because it must fit into a pipe.
    ///   - isMute: discards its standard error.
    ///   - outputLimit: the most that it may print, in bytes.
    package init(
        _ program: String, _ arguments: [String], input: String = "", isMute: Bool = false,
        environment: ChildEnvironment = .ofUser, outputLimit: Int = Self.smallOutput
    ) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.isMute = isMute
        self.environment = environment
        self.outputLimit = outputLimit
    }

    /// Runs it. Processes that it leaves in the background are not waited for.
    ///
    /// - Parameters:
    ///   - seconds: the time limit.
    ///   - proceed: called many times a second; an error that it throws ends the program, as the time limit does.
    /// - Throws: ``Failure``, and what `proceed` throws.
    package func run(within seconds: Double, proceed: () throws -> Void = {}) throws -> Result {
        let feed = try ChildPipe()
        let output = try ChildPipe()
        let child = try spawn(feed, output)
        feed.closeReader()
        output.closeWriter()
        feed.write(input)
        feed.closeWriter()
        let deadline = ContinuousClock.now + .seconds(seconds)
        var text: [UInt8] = []
        do {
            while true {
                output.read(into: &text)
                if let status = try Self.ending(of: child) {
                    output.read(into: &text)
                    guard text.count <= outputLimit else { throw Failure.outputLimit(outputLimit) }
                    let signal = status & 0x7F
                    return Result(
                        code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
                        output: String(decoding: text, as: UTF8.self))
                }
                guard text.count <= outputLimit else { throw Failure.outputLimit(outputLimit) }
                try proceed()
                guard ContinuousClock.now < deadline else { throw Failure.timeLimit(seconds) }
                usleep(5000)
            }
        } catch {
            // With every process that it has started.
            kill(-child, SIGKILL)
            waitpid(child, nil, 0)
            throw error
        }
    }

    /// How it ended; nil while it runs.
    private static func ending(of child: pid_t) throws -> Int32? {
        var status: Int32 = 0
        switch waitpid(child, &status, WNOHANG) {
        case child: return status
        case 0: return nil
        default:
            if errno == EINTR { return nil }
            throw Failure.lost(errno)
        }
    }

    private func spawn(_ feed: ChildPipe, _ output: ChildPipe) throws -> pid_t {
        try ChildSpawner.spawn(program, arguments, environment: environment.variables, .own) { actions in
            posix_spawn_file_actions_adddup2(&actions, feed.reader, 0)
            posix_spawn_file_actions_adddup2(&actions, output.writer, 1)
            if isMute { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        }
    }
}
