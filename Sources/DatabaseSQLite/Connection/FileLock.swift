import CSQLite
import Database
import Foundation

/// An operating system's lock on a file beside the database.
///
/// A file of its own: SQLite's locks on the database file would be lost with any descriptor of it that we close. The file
/// stays when the lock is gone, because removing it would let two processes lock two files of one name.
final class FileLock {
    private let descriptor: Int32

    /// Nil where another process, or another connection of this one, holds the lock.
    init?(path: String, place: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else {
            throw SQLiteConnection.error(
                code: errno == EROFS || errno == EACCES ? SQLITE_READONLY : SQLITE_CANTOPEN,
                message: "cannot open the lock file \(path): \(String(cString: strerror(errno)))", place: place)
        }
        self.descriptor = descriptor
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        if errno == EWOULDBLOCK { return nil }
        // A file system without locks, for example: no process holds this one, and none can.
        throw SQLiteConnection.error(
            code: SQLITE_IOERR, message: "cannot lock \(path): \(String(cString: strerror(errno)))", place: place)
    }

    deinit {
        close(descriptor)
    }
}
