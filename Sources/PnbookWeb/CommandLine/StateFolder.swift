import ErrorModel
import FoundationEssentials
import Glibc
import Operations

/// The folder for what must outlive a restart: this program's alone.
struct StateFolder {
    let path: String

    /// Makes it where it does not exist, and keeps other processes of this program out of it for as long as this one lives.
    ///
    /// - Parameter given: by a flag; nil for systemd's, or the user's own.
    /// - Throws: `UsageError`, `ConfigurationError`; `FileError` where another process uses it.
    init(_ given: String?, _ environment: [String: String]) throws {
        guard let path = given ?? Self.standard(environment), path.hasPrefix("/") else {
            throw UsageError(
                "it is not known where to keep what must outlive a restart; give --state-dir, by its full path")
        }
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ConfigurationError("the folder \(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK | W_OK | X_OK) == 0 else {
            throw ConfigurationError("the folder \(path) cannot be used: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw ConfigurationError("others may write to the folder \(path); run: chmod go-w \(path)")
        }
        try lock()
    }

    private static func standard(_ environment: [String: String]) -> String? {
        // systemd lists several, separated by colons.
        if let state = environment["STATE_DIRECTORY"], !state.isEmpty {
            return state.split(separator: ":").first.map(String.init)
        }
        if let base = environment["XDG_STATE_HOME"], base.hasPrefix("/") { return base + "/pnbook-web" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.local/state/pnbook-web" : nil }
    }

    /// The descriptor stays open: the lock goes with the process.
    private func lock() throws {
        let file = path + "/lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError.io(file, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw FileError.busy(file)
        }
    }
}
