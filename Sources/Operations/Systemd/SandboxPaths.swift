import Database
import Foundation

/// Where the service reads and writes, and so what it may not be shut out from.
package struct SandboxPaths {
    private(set) var written: [String] = []
    /// The folder of the figures; nil where none are written.
    private(set) var figures: String?
    private(set) var needsNetwork = false
    private var used: [String]

    init(_ context: RunContext, _ configuration: Configuration, _ location: DatabaseURL, _ program: String) throws {
        used = [program] + Self.libraries
        // A command may ask anybody for the password.
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
        figures = try context.metricsFile.map { Self.folder(of: try SystemdCredentials.full($0, "metrics")) }
    }

    private static func folder(of path: String) -> String { (path as NSString).deletingLastPathComponent }

    /// What this very program has loaded: where it was not linked statically, it needs the toolchain's folder.
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

    private func lies(_ path: String, below folders: [String]) -> Bool {
        folders.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    private var all: [String] { used + written + [figures].compactMap(\.self) }

    var isAtHome: Bool { all.contains { lies($0, below: ["/home", "/root", "/run/user"]) } }

    var isInTemporaryFolder: Bool { all.contains { lies($0, below: ["/tmp", "/var/tmp"]) } }

    var warnings: [String] {
        var warnings: [String] = []
        if let path = all.first(where: { lies($0, below: ["/tmp", "/var/tmp"]) }) {
            warnings.append("\(path) lies in a folder that everybody shares, so the service does as well")
        }
        if let path = all.first(where: { lies($0, below: ["/home", "/root"]) }) {
            warnings.append(
                "\(path) lies in somebody's home, which the service's user must be allowed to read; build with "
                    + "--static-swift-stdlib and install the program to /usr/local/bin")
        }
        return warnings
    }
}
