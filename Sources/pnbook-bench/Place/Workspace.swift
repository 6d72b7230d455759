import Foundation

/// A temporary folder, and for MariaDB a private server in it.
///
/// Both are in the hands of a small shell that waits for the end of a pipe which this process holds: whatever ends this
/// process, `kill -9` too, the server is stopped and the folder removed.
final class Workspace {
    let folder: String
    private let supervisor = Process()
    private let lifeline: Int32

    /// - Parameters:
    ///   - parent: where the folder is made: on the disk that is to be measured.
    ///   - keeps: leave the folder where it is.
    ///   - server: the server's program and arguments for the folder; nil for none.
    init(in parent: String, keeps: Bool, server: (_ folder: String) throws -> [String]?) throws {
        folder = parent + "/pnbook-bench-" + UUID().uuidString.prefix(8).lowercased()
        guard mkdir(folder, 0o700) == 0 else {
            throw BenchError(
                "no folder can be made in \(parent) (\(String(cString: strerror(errno)))); name another with --folder")
        }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 else {
            throw BenchError("no pipe: \(String(cString: strerror(errno)))")
        }
        lifeline = ends[1]
        supervisor.executableURL = URL(fileURLWithPath: "/bin/sh")
        supervisor.standardInput = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        do {
            let words = try server(folder) ?? []
            supervisor.arguments = ["-c", Self.script, "sh", folder, keeps ? "keep" : "remove"] + words
            supervisor.environment = ServerPrograms.environment
            try supervisor.run()
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// The server gets a minute to stop by itself; a terminal's Ctrl-C goes to this shell too, which goes on to tidy up.
    private static let script = """
        trap : INT TERM HUP
        folder=$1; fate=$2; shift 2
        server=
        if [ $# -gt 0 ]; then
            "$@" >"$folder/server.log" 2>&1 &
            server=$!
            echo $server >"$folder/server.pid"
        fi
        cat >/dev/null
        if [ -n "$server" ]; then
            kill $server 2>/dev/null
            for _ in $(seq 600); do kill -0 $server 2>/dev/null || break; sleep 0.1; done
            kill -9 $server 2>/dev/null
            wait $server 2>/dev/null
        fi
        [ "$fate" = keep ] || rm -rf "$folder"
        """

    /// The process that the server was started as; nil where none was, or not yet.
    private var startedPID: Int32? {
        guard let text = try? String(contentsOfFile: folder + "/server.pid", encoding: .utf8), text.hasSuffix("\n")
        else { return nil }
        return Int32(text.dropLast())
    }

    /// Whether a process runs and is not only waiting to be buried.
    private static func isAlive(_ pid: Int32) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")) != nil
    }

    /// The server's process; nil where there is none.
    var serverPID: Int32? { startedPID.flatMap { Self.isAlive($0) ? $0 : nil } }

    /// Whether the server was started and is no more.
    var hasServerEnded: Bool { startedPID.map { !Self.isAlive($0) } ?? false }

    /// Stops the server, removes the folder, and waits for both.
    func close() {
        Glibc.close(lifeline)
        supervisor.waitUntilExit()
    }
}
