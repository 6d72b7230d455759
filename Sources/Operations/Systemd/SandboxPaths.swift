import Database
import ErrorModel
import FoundationEssentials

/// The paths that the service reads and writes, which its sandbox must leave open.
struct SandboxPaths {
    private(set) var written: [String] = []
    /// The file of the metrics; nil if none are written.
    private(set) var metrics: String?
    private(set) var needsNetwork = false
    private var used: [String]

    init(_ context: RunContext, _ configuration: Configuration, _ location: DatabaseURL, _ program: String) throws {
        used = [program] + Self.libraries
        // A command may fetch the password from anywhere.
        needsNetwork = context.ping != nil || configuration.find(.passwordCommand) != nil
        switch location {
        case .sqlite(let path):
            let file = try SystemdCredentials.full(path, "the database")
            written.append(Self.folder(of: SQLiteFiles.realPath(file)))
        case .mariadb(let mariadb):
            if !mariadb.isLocalSocket { needsNetwork = true }
            if let file = mariadb.tlsCA { used.append(try SystemdCredentials.full(file, "tls-ca")) }
            if let file = mariadb.socket { used.append(try SystemdCredentials.full(file, "socket")) }
        }
        metrics = try context.metricsFile.map { try SystemdCredentials.full($0, "metrics") }
    }

    /// The folder of the metrics; nil if none are written.
    var metricsFolder: String? { metrics.map(Self.folder) }

    private static func folder(of path: String) -> String { path.folderPath }

    /// The libraries that this process has loaded: if it was not linked statically, it needs the toolchain's folder.
    private static var libraries: [String] {
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        var paths: Set<String> = []
        for line in maps.split(separator: "\n") {
            guard let start = line.firstIndex(of: "/") else { continue }
            let path = String(line[start...])
            if path.contains(".so") { paths.insert(path) }
        }
        return paths.sorted()
    }

    private func isPath(_ path: String, below folders: [String]) -> Bool {
        folders.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    private var all: [String] { used + written + [metricsFolder].compactMap(\.self) }

    var isAtHome: Bool { all.contains { isPath($0, below: ["/home", "/root", "/run/user"]) } }

    var isInTemporaryFolder: Bool { all.contains { isPath($0, below: ["/tmp", "/var/tmp"]) } }

    var warnings: [DisplayText] {
        var warnings: [DisplayText] = []
        if let path = all.first(where: { isPath($0, below: ["/tmp", "/var/tmp"]) }) {
            warnings.append("\(path) is in a folder that all users share, so the service shares it as well")
        }
        if let path = all.first(where: { isPath($0, below: ["/home", "/root"]) }) {
            warnings.append(
                "\(path) is in a home folder, which the service's user must be allowed to read; build with "
                    + "--static-swift-stdlib and install the program to /usr/local/bin")
        }
        return warnings
    }
}
