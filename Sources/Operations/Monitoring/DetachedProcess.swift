import FoundationEssentials
import Glibc
import Synchronization
package import Tasks

/// A program that goes on when this one ends: in a session of its own, with its output in a file that has no name.
///
/// It inherits our standard error and nothing else that is ours.
package final class DetachedProcess: Sendable {
    /// By which its task is found.
    package let identity: ProcessIdentity
    private let output: Int32
    /// What `waitpid` says of the end; nil while it runs.
    private let ending = Mutex<Int32?>(nil)

    /// Starts it.
    ///
    /// - Parameters:
    ///   - program: by its full path.
    ///   - environment: all of it.
    ///   - folder: for the file of its output.
    /// - Throws: ``ChildProcess/Failure``.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String], outputIn folder: String
    ) throws {
        // A pipe would break when we end, and with it a run that has done its work.
        let output = try Self.namelessFile(in: folder)
        do {
            let pid = try ChildSpawner.spawn(program, arguments, environment: environment, .session) { actions in
                posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
                posix_spawn_file_actions_adddup2(&actions, output, 1)
            }
            // Before anyone waits for it: until then its number is no other process's.
            identity = .child(pid)
        } catch {
            close(output)
            throw error
        }
        self.output = output
    }

    deinit {
        close(output)
    }

    private static func namelessFile(in folder: String) throws -> Int32 {
        let path = folder + "/.output." + String(UInt64.random(in: 0...UInt64.max), radix: 16)
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ChildProcess.Failure.notStarted(path, errno) }
        unlink(path)
        return file
    }

    /// What it ended with, 128 and the signal's number where a signal ended it; nil while it runs.
    package var exitCode: Int32? {
        ending.withLock { ending in
            if ending == nil {
                var status: Int32 = 0
                if waitpid(identity.pid, &status, WNOHANG) == identity.pid {
                    let signal = status & 0x7F
                    ending = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
                }
            }
            return ending
        }
    }

    /// Waits for its end.
    ///
    /// - Returns: as ``exitCode``.
    @discardableResult
    package func wait() -> Int32 {
        while true {
            if let code = exitCode { return code }
            // Without collecting it: whoever asks for the code does that, with the lock.
            var status = siginfo_t()
            if waitid(P_PID, id_t(identity.pid), &status, WEXITED | WNOWAIT) != 0, errno != EINTR { return -1 }
        }
    }

    /// Asks it to undo its work and end; does nothing once it has ended.
    package func terminate() {
        ending.withLock { if $0 == nil { kill(identity.pid, SIGTERM) } }
    }

    /// What it has printed so far.
    ///
    /// - Parameter limit: the most bytes that are read.
    package func printed(limit: Int) -> String {
        var text = [UInt8](repeating: 0, count: limit)
        var total = 0
        while total < limit {
            let count = text.withUnsafeMutableBytes { memory in
                let rest = UnsafeMutableRawBufferPointer(rebasing: memory[total...])
                return pread(output, rest.baseAddress, rest.count, off_t(total))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            total += count
        }
        return String(decoding: text[..<total], as: UTF8.self)
    }
}
