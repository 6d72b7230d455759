import Foundation
import Synchronization

/// A program as a child process, which goes on while a test does something to it. Killed with the last reference.
package final class ChildRun: Sendable {
    /// Where one of the child's streams leads.
    package enum Stream: Sendable {
        /// `/dev/null`.
        case none
        /// For output: a file that ``stdout`` or ``stderr`` reads.
        case captured
        /// A file, from its beginning for input; output is appended to it, and makes it where it does not exist.
        case file(String)
        /// A descriptor of this process.
        case descriptor(Int32)
    }

    /// The child's process number.
    package let pid: Int32
    /// The program and its arguments, for messages.
    package let words: [String]
    private let scratch: ScratchFolder
    /// What `waitpid` says of the end; nil while the child runs.
    private let status = Mutex<Int32?>(nil)

    /// Starts a program. Only the three standard streams are inherited.
    ///
    /// - Parameters:
    ///   - words: the program, which is looked for on this process's `PATH`, and its arguments.
    ///   - environment: all of it; nil for this process's own.
    ///   - folder: the working directory; nil for this process's own.
    /// - Throws: ``ProgramError`` where it cannot be started.
    package init(
        _ words: [String], environment: [String: String]? = nil, folder: String? = nil, input: Stream = .none,
        output: Stream = .captured, error: Stream = .captured
    ) throws {
        self.words = words
        scratch = try ScratchFolder()
        var spawn = SpawnRequest()
        defer { spawn.destroy() }
        spawn.read(input)
        spawn.write(1, output, captured: scratch.path + "/out")
        spawn.write(2, error, captured: scratch.path + "/err")
        pid = try spawn.run(words, environment ?? ProcessInfo.processInfo.environment, in: folder)
    }

    deinit {
        if isRunning { signal(SIGKILL) }
        try? eventually(10, "a killed process ends") { !isRunning }
    }

    /// What the child has written to standard output so far, where that is captured.
    package var stdout: String { Self.text(scratch.path + "/out") }
    /// What the child has written to standard error so far, where that is captured.
    package var stderr: String { Self.text(scratch.path + "/err") }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    /// Whether the child has not ended yet.
    package var isRunning: Bool { ending == nil }

    /// The signal that ended the child; nil while it runs, and where it ended by itself.
    package var fatalSignal: Int32? {
        guard let ending, ending & 0x7F != 0 else { return nil }
        return ending & 0x7F
    }

    private var ending: Int32? {
        status.withLock { status in
            if status == nil {
                var ending: Int32 = 0
                if waitpid(pid, &ending, WNOHANG) == pid { status = ending }
            }
            return status
        }
    }

    /// Sends a signal, unless the child has ended: its number may be another process's by then.
    package func signal(_ number: Int32) {
        status.withLock { if $0 == nil { kill(pid, number) } }
    }

    /// Waits for the end and returns the exit code; 128 and the signal's number where a signal ended it.
    ///
    /// - Throws: ``ProgramError/timeLimit(_:)`` after `seconds`; the child has been killed then.
    @discardableResult
    package func wait(_ seconds: Double = 60) throws -> Int32 {
        do {
            try eventually(seconds, "\(words) ends", every: 2000) { !isRunning }
        } catch {
            signal(SIGKILL)
            throw ProgramError.timeLimit(words.joined(separator: " "))
        }
        let ending = ending ?? 0
        return ending & 0x7F == 0 ? (ending >> 8) & 0xFF : 128 + ending & 0x7F
    }

    /// Waits until the child has said something on standard error, or has ended.
    package func waitFor(_ text: String, _ seconds: Double = 60) throws {
        try eventually(seconds, "\(words) says '\(text)'") { stderr.contains(text) || !isRunning }
    }

    /// Waits until a signal has stopped the child (SIGSTOP).
    ///
    /// - Parameter orEnded: an end is as good.
    /// - Throws: ``ProgramError/failed(_:_:)`` where it has ended instead.
    package func waitUntilStopped(orEnded: Bool = false) throws {
        try eventually(30, "\(words) stops") {
            guard isRunning else {
                if orEnded { return true }
                throw ProgramError.failed(words.joined(separator: " "), try result())
            }
            return ProcessStatus(of: pid)?.isStopped ?? false
        }
    }

    /// Waits for the end and returns what is left behind.
    package func result(_ seconds: Double = 60) throws -> ProgramResult {
        let code = try wait(seconds)
        return ProgramResult(code: code, stdout: stdout, stderr: stderr)
    }
}

extension ChildRun {
    /// Runs a program to its end.
    package static func run(
        _ words: [String], environment: [String: String]? = nil, folder: String? = nil, seconds: Double = 60
    ) throws -> ProgramResult {
        try ChildRun(words, environment: environment, folder: folder).result(seconds)
    }

    /// Runs a program to its end, which must be a success, and returns what it wrote to standard output.
    ///
    /// - Throws: ``ProgramError/failed(_:_:)`` where it ends with another code than 0.
    @discardableResult
    package static func succeed(
        _ words: [String], environment: [String: String]? = nil, folder: String? = nil, seconds: Double = 60
    ) throws -> String {
        let result = try run(words, environment: environment, folder: folder, seconds: seconds)
        guard result.code == 0 else { throw ProgramError.failed(words.joined(separator: " "), result) }
        return result.stdout
    }
}
