import Database
import Foundation
import Harness

/// What the numbers depend on beside the program: the headline.
struct MachineFacts {
    let text: String

    init(_ environment: BenchmarkEnvironment, rounds: Int) throws {
        let version = try Self.version(environment)
        var lines = [
            "\(environment.engine.name) \(version) on \(Self.machine), \(Self.disk(of: environment.workspace.folder))"
        ]
        lines.append(
            "load \(Self.load) at the start, \(rounds) \(rounds == 1 ? "round" : "rounds"), \(Self.build(environment.program.path))"
        )
        lines.append(Self.settings(environment))
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func version(_ environment: BenchmarkEnvironment) throws -> String {
        let database = try environment.makeDatabase("bench_version")
        let version = try database.onConnection { connection in
            try connection.first(environment.engine == .sqlite ? "SELECT sqlite_version()" : "SELECT VERSION()") {
                $0.text(0)
            }
        }
        try database.drop()
        return (version ?? nil) ?? "of unknown version"
    }

    private static var machine: String {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let bytes = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        let model = line(of: "/proc/cpuinfo", beginning: "model name").map { " (\($0))" } ?? ""
        return "\(cores) cores\(model), \(NumberText.significant(Double(bytes) / 1_073_741_824, 2)) GiB memory"
    }

    private static func line(of file: String, beginning: String) -> String? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(beginning) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }

    /// The file system of `folder`: the mount with the longest path that leads to it.
    private static func disk(of folder: String) -> String {
        let mounts = (try? String(contentsOfFile: "/proc/mounts", encoding: .utf8)) ?? ""
        var best: (point: Substring, type: Substring) = ("", "an unknown file system")
        for mount in mounts.split(separator: "\n") {
            let fields = mount.split(separator: " ")
            guard fields.count > 2, fields[1].count > best.point.count else { continue }
            let isAbove = fields[1] == "/" || folder == fields[1] || folder.hasPrefix(fields[1] + "/")
            if isAbove { best = (fields[1], fields[2]) }
        }
        return "files on \(best.type)"
    }

    static var load: String {
        var averages = [0.0, 0.0, 0.0]
        return getloadavg(&averages, 3) == 3 ? String(format: "%.1f", averages[0]) : NumberText.none
    }

    /// When `pnbook` was built: it is not this program's build that brings it up to date.
    private static func build(_ path: String) -> String {
        let date = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        let when = date.map { ISO8601DateFormatter().string(from: $0) } ?? "at an unknown time"
        #if DEBUG
            return "a DEBUG build: its times mean nothing; pnbook built \(when)"
        #else
            return "release build, pnbook built \(when)"
        #endif
    }

    private static func settings(_ environment: BenchmarkEnvironment) -> String {
        switch environment.engine {
        case .sqlite:
            "journal_mode=WAL synchronous=FULL page_size=16384 cache_size=6 MiB secure_delete=OFF, as the program sets them"
        case .mariadb where environment.serverPID != nil:
            "a private server: "
                + BenchmarkEnvironment.serverSettings.map {
                    String($0.dropFirst(2)).replacingOccurrences(of: "-", with: "_")
                }
                .joined(separator: " ")
        case .mariadb: "a server of the user's, as it stands"
        }
    }
}
