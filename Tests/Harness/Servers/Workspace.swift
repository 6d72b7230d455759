import Foundation

/// A temporary folder that is removed, and whose servers are stopped, whatever ends this process: `kill -9` too.
///
/// A small shell waits for the end of a connection that this process holds. Then it stops the processes whose numbers are in the
/// folder's `*.pid` files, a minute at most for each, and removes the folder.
package final class Workspace {
    /// The folder's path.
    package let folder: String
    private let supervisor: ChildRun
    private var lifeline: Int32?

    /// - Parameters:
    ///   - parent: where the folder is made.
    ///   - name: what the folder's name begins with.
    ///   - keeps: leave the folder where it is in the end.
    /// - Throws: ``WorkspaceError`` where no folder can be made there.
    package init(in parent: String = NSTemporaryDirectory(), named name: String = "pnbook-work", keeps: Bool = false)
        throws
    {
        folder = parent + "/\(name)-" + UUID().uuidString.prefix(8).lowercased()
        guard mkdir(folder, 0o700) == 0 else { throw WorkspaceError(parent: parent, number: errno) }
        var ends: [Int32] = [0, 0]
        // Not a pipe: these are closed on exec from the first moment, so that no other child ever holds the other end.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw ProgramError.notStarted("socketpair", errno) }
        defer { Glibc.close(ends[0]) }
        do {
            supervisor = try ChildRun(
                ["/bin/sh", "-c", Self.script, "sh", folder, keeps ? "keep" : "remove"], input: .descriptor(ends[0]),
                output: .none, error: .none)
        } catch {
            Glibc.close(ends[1])
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
        lifeline = ends[1]
    }

    deinit { close() }

    /// A terminal's Ctrl-C goes to this shell too, which goes on to clean up. A process that has ended and only waits for
    /// its parent has no `exe`.
    private static let script = """
        trap '' INT TERM HUP
        while read -r line; do :; done
        for file in "$1"/*.pid; do
            [ -e "$file" ] || continue
            pid=$(cat "$file")
            kill "$pid"
            for _ in $(seq 600); do readlink "/proc/$pid/exe" >/dev/null || break; sleep 0.1; done
            kill -9 "$pid"
        done
        [ "$2" = keep ] || rm -rf "$1"
        """

    /// The file by which the shell knows of the process NAME.
    private func pidFile(_ name: String) -> String { "\(folder)/\(name).pid" }

    /// Starts a process that is stopped with the folder; both of its outputs are appended to the file NAME.log in it.
    ///
    /// - Parameter words: the program, which is looked for on the `PATH` of `environment`, and its arguments.
    package func start(_ name: String, _ words: [String], environment: [String: String]) throws -> ChildRun {
        // It notes its own number, so that there is no moment at which it runs unknown.
        try ChildRun(
            ["/bin/sh", "-c", "echo $$ > \"$0\"; exec \"$@\"", pidFile(name)] + words, environment: environment,
            output: .file(log(name)), error: .file(log(name)))
    }

    /// Forgets a process that has ended: its number may be given to another one.
    package func forget(_ name: String) {
        unlink(pidFile(name))
    }

    /// The path of NAME.log.
    package func log(_ name: String) -> String { "\(folder)/\(name).log" }

    /// The end of what the process NAME has said.
    package func said(_ name: String) -> String {
        String(((try? String(contentsOfFile: log(name), encoding: .utf8)) ?? "").suffix(2000))
    }

    /// Stops what is running, removes the folder, and waits for both.
    package func close() {
        guard let lifeline else { return }
        self.lifeline = nil
        Glibc.close(lifeline)
        _ = try? supervisor.wait(600)
    }
}
