import Foundation
import Harness
import TestSupport

/// One run of the built program, as its users start it: with arguments, an environment of its own, and a time limit.
struct RunProgram {
    /// Where the program's standard output goes.
    enum Destination {
        case captured
        /// A file that exists, such as `/dev/full`.
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
    /// Commands that work say on standard error what they do, as they do by themselves.
    var showsProgress = false
    /// In seconds.
    var timeLimit = 60.0

    init(_ arguments: [String]) {
        self.arguments = arguments
    }

    /// Runs the program to its end.
    ///
    /// - Throws: ``ProgramError`` where it could not be started or did not end in time.
    func run() throws -> ProgramResult {
        try start().result(timeLimit)
    }

    /// Runs the program to its end on a thread of its own: while it waits, other tests go on.
    func runAside() async throws -> ProgramResult {
        try await OtherThread { try run() }.value
    }

    /// Starts the program.
    func start() throws -> ChildRun {
        let scratch = try ScratchFolder()
        let input: ChildRun.Stream = if let input { .file(try scratch.write(input, to: "stdin")) } else { .none }
        var deadPipe: Int32?
        defer { if let deadPipe { close(deadPipe) } }
        let stdout: ChildRun.Stream
        switch output {
        case .captured: stdout = .captured
        case .file(let path): stdout = .file(path)
        case .closedPipe:
            let end = try Self.pipeWithoutReader(in: scratch)
            deadPipe = end
            stdout = .descriptor(end)
        }
        return try ChildRun(
            try words(), environment: variables, folder: folder, input: input, output: stdout)
    }

    /// What a command that works says of its phases is another suite's; here stderr is for errors and warnings.
    private var quietProgress: [String] {
        if showsProgress { return [] }
        let isWork =
            arguments.starts(with: ["migrate", "up"]) || ["create", "load", "prune"].contains(arguments.first)
        return isWork && !arguments.contains("--progress") ? ["--progress", "none"] : []
    }

    // MARK: Steps

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

    /// The program and what starts it as it is wanted.
    private func words() throws -> [String] {
        var words = [try TestProgram.pnbook.path] + arguments + quietProgress
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
        return words
    }

    private var variables: [String: String] {
        var variables = environment
        // A user who runs the tests may have a configuration of their own.
        if variables["HOME"] == nil, variables["XDG_CONFIG_HOME"] == nil { variables["XDG_CONFIG_HOME"] = "/dev/null" }
        for name in ["PATH", "HOME", "TMPDIR"] where variables[name] == nil {
            variables[name] = ProcessInfo.processInfo.environment[name]
        }
        return variables
    }
}
