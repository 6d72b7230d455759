import Foundation

/// Runs another program to its end within a time limit, in a process group of its own. It shares our standard error.
struct ChildProcess {
    struct Result {
        let code: Int32
        let output: String
    }

    /// Why it did not end by itself. No process of it is left.
    enum Failure: Error, CustomStringConvertible {
        case notStarted(String, Int32)
        case timeLimit(Double)

        var description: String {
            switch self {
            case .notStarted(let program, let number): "\(program) cannot be run: \(String(cString: strerror(number)))"
            case .timeLimit(let seconds): "it took longer than \(Int(seconds)) seconds and was stopped"
            }
        }
    }

    private let program: String
    private let arguments: [String]
    private let input: String
    private let isMute: Bool

    /// Bytes of output that are kept: a password or an answer is shorter.
    private static let outputLimit = 64 << 10

    /// - Parameters:
    ///   - program: by its full path.
    ///   - input: its standard input; short, because it must fit into a pipe.
    ///   - isMute: discards its standard error.
    init(_ program: String, _ arguments: [String], input: String = "", isMute: Bool = false) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.isMute = isMute
    }

    /// Runs it. Processes that it leaves in the background are not waited for.
    ///
    /// - Parameters:
    ///   - seconds: the time limit.
    ///   - proceed: called many times a second; an error that it throws ends the program, as the time limit does.
    /// - Throws: ``Failure``, and what `proceed` throws.
    func run(within seconds: Double, proceed: () throws -> Void = {}) throws -> Result {
        let feed = try Pipe()
        let output = try Pipe()
        let child = try spawn(feed, output)
        feed.closeReader()
        output.closeWriter()
        feed.write(input)
        feed.closeWriter()
        let deadline = ContinuousClock.now + .seconds(seconds)
        var text: [UInt8] = []
        do {
            while true {
                output.read(into: &text, atMost: Self.outputLimit)
                var status: Int32 = 0
                if waitpid(child, &status, WNOHANG) != 0 {
                    output.read(into: &text, atMost: Self.outputLimit)
                    let signal = status & 0x7F
                    return Result(
                        code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
                        output: String(decoding: text, as: UTF8.self))
                }
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

    private func spawn(_ feed: Pipe, _ output: Pipe) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, feed.reader, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writer, 1)
        if isMute { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals as a program expects them: we block some and ignore others.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var ignored = sigset_t()
        sigemptyset(&ignored)
        for number in [SIGPIPE, SIGXFSZ] { sigaddset(&ignored, number) }
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let argv = ([program] + arguments).map { strdup($0) }
        defer { for argument in argv { free(argument) } }
        var child: pid_t = 0
        let result = posix_spawn(&child, program, &actions, &attributes, argv + [nil], environ)
        guard result == 0 else { throw Failure.notStarted(program, result) }
        return child
    }

    /// A pipe whose ends no other child of ours inherits.
    private final class Pipe {
        private(set) var reader: Int32 = -1
        private(set) var writer: Int32 = -1

        init() throws {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw Failure.notStarted("a pipe", errno) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reader, writer) = (ends[0], ends[1])
        }

        deinit {
            closeReader()
            closeWriter()
        }

        func closeReader() {
            if reader >= 0 { close(reader) }
            reader = -1
        }

        func closeWriter() {
            if writer >= 0 { close(writer) }
            writer = -1
        }

        /// Writes what the pipe takes at once; a program that does not read misses the rest.
        func write(_ text: String) {
            _ = fcntl(writer, F_SETFL, O_NONBLOCK)
            var text = text
            text.withUTF8 { _ = Foundation.write(writer, $0.baseAddress, $0.count) }
        }

        /// Reads what is there, without waiting.
        func read(into text: inout [UInt8], atMost limit: Int) {
            _ = fcntl(reader, F_SETFL, O_NONBLOCK)
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = Foundation.read(reader, &chunk, chunk.count)
                guard count > 0 else { return }
                text += chunk[..<min(count, max(0, limit - text.count))]
            }
        }
    }
}
