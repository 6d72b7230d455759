import Foundation

/// One run of the built program, as its users start it: with arguments, an environment of its own, and a time limit.
struct RunProgram {
    /// Where the program's standard output goes.
    enum Destination {
        case captured
        /// A file that stands, such as `/dev/full`.
        case file(String)
        /// A pipe whose reader has gone away.
        case closedPipe
    }

    var arguments: [String]
    /// Beside `PATH`, `HOME` and `TMPDIR`; nothing else is inherited.
    var environment: [String: String] = [:]
    /// Nil for no input at all.
    var input: String?
    var output = Destination.captured
    /// The working directory; nil for the test's own.
    var folder: String?
    /// Root is not held up by file modes; with this, the program is.
    var heedsFileModes = false
    /// The most bytes that a file which the program writes may have; nil for no limit.
    var fileSizeLimit: Int?
    /// In octal; nil for the test's own.
    var umask: String?
    /// Descriptors, of the first three, that are closed when the program starts.
    var closed: [Int32] = []
    /// Standard output and error are one terminal, whose lines end in CR LF.
    var isOnTerminal = false
    var timeLimit = Duration.seconds(60)

    init(_ arguments: [String]) {
        self.arguments = arguments
    }

    /// Runs the program to its end.
    ///
    /// - Throws: ``ProgramError`` where it could not be started or did not end in time.
    func run() throws -> ProgramResult {
        let scratch = try ScratchFolder()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, try inputFile(in: scratch), O_RDONLY, 0)
        let (stdout, stderr) = (scratch.path + "/stdout", scratch.path + "/stderr")
        let creating = O_WRONLY | O_CREAT | O_TRUNC
        var deadPipe: Int32?
        switch output {
        case .captured: posix_spawn_file_actions_addopen(&actions, 1, stdout, creating, 0o600)
        case .file(let path): posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
        case .closedPipe:
            let end = try Self.pipeWithoutReader(in: scratch)
            deadPipe = end
            posix_spawn_file_actions_adddup2(&actions, end, 1)
        }
        posix_spawn_file_actions_addopen(&actions, 2, stderr, creating, 0o600)
        let code = try waitForEnd(of: try spawn(&actions))
        if let deadPipe { close(deadPipe) }
        return ProgramResult(code: code, stdout: try Self.text(stdout), stderr: try Self.text(stderr))
    }

    /// Runs the program to its end on a thread of its own: while it waits, other tests go on.
    func runAside() async throws -> ProgramResult {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try run() }) }
        }
    }

    /// What a verb that works says of its phases is another suite's; here stderr is for errors and warnings.
    private var quietProgress: [String] {
        let isWork =
            arguments.starts(with: ["migrate", "up"]) || ["create", "load", "prune"].contains(arguments.first)
        return isWork && !arguments.contains("--progress") ? ["--progress", "none"] : []
    }

    // MARK: Steps

    private func inputFile(in scratch: ScratchFolder) throws -> String {
        guard let input else { return "/dev/null" }
        return try scratch.write(input, to: "stdin")
    }

    /// A named pipe, so that both ends close on exec from the first moment: no other test's child keeps the reader.
    private static func pipeWithoutReader(in scratch: ScratchFolder) throws -> Int32 {
        let path = scratch.path + "/pipe"
        guard mkfifo(path, 0o600) == 0 else { throw ProgramError.notStarted("mkfifo", errno) }
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        let writer = open(path, O_WRONLY | O_CLOEXEC)
        close(reader)
        guard writer >= 0 else { throw ProgramError.notStarted("open", errno) }
        return writer
    }

    private func spawn(_ actions: inout posix_spawn_file_actions_t) throws -> pid_t {
        var words = [try Self.binary()] + arguments + quietProgress
        if heedsFileModes, getuid() == 0 {
            // An unprivileged root: the files stay its own, and their modes count.
            words = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"] + words
        }
        if let fileSizeLimit {
            // The signal is ignored, so that the program is told instead of killed.
            words = ["sh", "-c", "trap '' XFSZ; exec prlimit --fsize=\(fileSizeLimit) \"$@\"", "sh"] + words
        }
        if !closed.isEmpty {
            let closings = closed.map { "\($0)>&-" }.joined(separator: " ")
            words = ["sh", "-c", "exec \"$@\" \(closings)", "sh"] + words
        }
        if let umask { words = ["sh", "-c", "umask \(umask); exec \"$@\"", "sh"] + words }
        if isOnTerminal {
            let command = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
            words = ["script", "--quiet", "--return", "--command", command, "/dev/null"]
        }
        if let folder { words = ["env", "--chdir=" + folder] + words }
        var variables = environment
        // Whoever runs the tests may have a configuration of their own.
        if variables["HOME"] == nil, variables["XDG_CONFIG_HOME"] == nil { variables["XDG_CONFIG_HOME"] = "/dev/null" }
        for name in ["PATH", "HOME", "TMPDIR"] where variables[name] == nil {
            variables[name] = ProcessInfo.processInfo.environment[name]
        }
        var child: pid_t = 0
        let result = Self.withCStrings(words) { argv in
            Self.withCStrings(variables.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawnp(&child, words[0], &actions, nil, argv, envp)
            }
        }
        guard result == 0 else { throw ProgramError.notStarted(words[0], result) }
        return child
    }

    private func waitForEnd(of child: pid_t) throws -> Int32 {
        let clock = ContinuousClock()
        let deadline = clock.now + timeLimit
        var status: Int32 = 0
        while waitpid(child, &status, WNOHANG) == 0 {
            if clock.now > deadline {
                kill(child, SIGKILL)
                waitpid(child, &status, 0)
                throw ProgramError.timeLimit(arguments.joined(separator: " "))
            }
            usleep(1000)
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// The program as it was built; `Tests/run` says where.
    static func binary() throws -> String {
        guard let path = ProcessInfo.processInfo.environment["PNBOOK_TEST_BINARY"] else {
            throw ProgramError.unknownBinary
        }
        return path
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    private static func text(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What a run of the program left behind.
struct ProgramResult {
    /// The exit code; 128 and more where a signal ended it.
    let code: Int32
    let stdout: String
    let stderr: String
}

/// What kept a test from running the program.
enum ProgramError: Error, CustomStringConvertible {
    case unknownBinary
    case notStarted(String, Int32)
    case timeLimit(String)

    var description: String {
        switch self {
        case .unknownBinary: "PNBOOK_TEST_BINARY is not set: start the tests with Tests/run"
        case .notStarted(let what, let number): "\(what): \(String(cString: strerror(number)))"
        case .timeLimit(let arguments): "pnbook \(arguments): did not end in time and was killed"
        }
    }
}

/// A folder of the test's own, gone with the last reference.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/pnbook-scratch-" + UUID().uuidString.lowercased()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file that only its owner may read, and returns its path.
    @discardableResult
    func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
        try write(Data(text.utf8), to: name, mode: mode)
    }

    @discardableResult
    func write(_ bytes: Data, to name: String, mode: Int = 0o600) throws -> String {
        let file = path + "/" + name
        try bytes.write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}
