import CSQLite
import Database
import ErrorModel
import FoundationEssentials
import Glibc

/// An operating system's lock on a file beside the database.
///
/// A file of its own: SQLite's locks on the database file would be lost with any descriptor of it that we close. The file
/// stays when the lock is gone, because removing it would let two processes lock two files of one name.
final class FileLock {
    private let descriptor: Int32

    /// Nil where another process, or another connection of this one, holds the lock.
    ///
    /// - Parameter database: the file that is locked by `DATABASE-NAME.lock`.
    init?(_ name: String, of database: String, place: String) throws {
        let path = database + "-" + name + ".lock"
        var descriptor = NewFile.create(path, O_RDWR, beside: database)
        if descriptor < 0, errno == EEXIST {
            descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        }
        let number = errno
        var status = stat()
        if lstat(path, &status) == 0, let problem = SQLiteFile.problem(with: status) {
            if descriptor >= 0 { close(descriptor) }
            throw Self.error(SQLITE_CANTOPEN, 0, "the lock file \(path): \(problem)", place)
        }
        guard descriptor >= 0 else {
            let code = [EROFS, EACCES].contains(number) ? SQLITE_READONLY : SQLITE_CANTOPEN
            throw Self.error(
                code, number, "cannot open the lock file \(path): \(String(cString: strerror(number)))", place)
        }
        self.descriptor = descriptor
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        if errno == EWOULDBLOCK { return nil }
        // A file system without locks, for example: no process holds this one, and none can.
        throw SQLiteConnection.error(
            code: SQLITE_IOERR, message: "cannot lock \(path): \(String(cString: strerror(errno)))", place: place)
    }

    private static func error(_ code: Int32, _ number: Int32, _ message: DisplayText, _ place: String) -> DatabaseError
    {
        var error = SQLiteConnection.error(code: code, systemError: number, message: message, place: place)
        if number == 0 { error.advice = .text("Move it away; the next run makes a new file") }
        return error
    }

    deinit {
        // By name: a child that has been forked and has not begun its program yet holds the file open as well.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
