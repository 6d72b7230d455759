import FoundationEssentials
import Glibc

/// Makes files that are not for every user of the machine.
enum NewFile {
    /// Creates a file with 0640, less what the umask takes; beside a database also less what the database's own mode does not
    /// give. For root, it gets the database's owner, as SQLite's own logs do.
    ///
    /// - Returns: an open descriptor; -1 with `errno`, `EEXIST` where something exists.
    static func create(_ path: String, _ flags: Int32, beside database: String?) -> Int32 {
        var mode: mode_t = 0o640
        var status = stat()
        let isKnown = database.map { stat($0, &status) == 0 } ?? false
        if isKnown { mode &= status.st_mode }
        // The process that makes it has to use it.
        let descriptor = open(path, flags | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode | 0o600)
        if descriptor >= 0, isKnown, geteuid() == 0 { _ = fchown(descriptor, status.st_uid, status.st_gid) }
        return descriptor
    }
}
