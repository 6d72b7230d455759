import CSpawn
import ErrorModel
import Foundation

/// Runs another program to its end within a time limit, in a process group of its own.
///
/// It inherits our standard error and nothing else that is ours: no other descriptor, no signal that we block or ignore, no
/// `PNBOOK_` variable.
struct ChildProcess {
    struct Result {
        let code: Int32
        let output: String
    }

    /// Why it did not end by itself. No process of its group is left.
    enum Failure: Error, CustomStringConvertible {
        case notStarted(String, Int32)
        case timeLimit(Double)
        case outputLimit
        /// The system does not say how it ended.
        case lost(Int32)

        var description: String { text.string }

        var text: DisplayText {
            switch self {
            case .notStarted(let program, let number): "\(program) cannot be run: \(String(cString: strerror(number)))"
            case .timeLimit(let seconds): "it took longer than \(Int(seconds)) seconds and was stopped"
            case .outputLimit: "it printed more than \(ChildProcess.outputLimit >> 10) KiB and was stopped"
            case .lost(let number): "it cannot be waited for: \(String(cString: strerror(number)))"
            }
        }
    }

    private let program: String
    private let arguments: [String]
    private let input: String
    private let isMute: Bool
    private let environment: ChildEnvironment

    /// The most bytes of output: a password or an answer is shorter.
    private static let outputLimit = 64 << 10

    /// - Parameters:
    ///   - program: by its full path.
    ///   - input: its standard input; short, because it must fit into a pipe.
    ///   - isMute: discards its standard error.
    init(
        _ program: String, _ arguments: [String], input: String = "", isMute: Bool = false,
        environment: ChildEnvironment = .ofUser
    ) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.isMute = isMute
        self.environment = environment
    }

    /// Runs it. Processes that it leaves in the background are not waited for.
    ///
    /// - Parameters:
    ///   - seconds: the time limit.
    ///   - proceed: called many times a second; an error that it throws ends the program, as the time limit does.
    /// - Throws: ``Failure``, and what `proceed` throws.
    func run(within seconds: Double, proceed: () throws -> Void = {}) throws -> Result {
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
                    guard text.count <= Self.outputLimit else { throw Failure.outputLimit }
                    let signal = status & 0x7F
                    return Result(
                        code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
                        output: String(decoding: text, as: UTF8.self))
                }
                guard text.count <= Self.outputLimit else { throw Failure.outputLimit }
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
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, feed.reader, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writer, 1)
        if isMute { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        // The connections' sockets above all: the server would keep our session, and its locks, as long as the child lives.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals as a program expects them.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let argv = ([program] + arguments).map { strdup($0) }
        let variables = environment.variables.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in argv + variables { free(text) } }
        var child: pid_t = 0
        let result = posix_spawn(&child, program, &actions, &attributes, argv + [nil], variables + [nil])
        guard result == 0 else { throw Failure.notStarted(program, result) }
        return child
    }
}
