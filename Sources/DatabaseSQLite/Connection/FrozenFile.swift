import CSQLite
import Database
import ErrorModel
import FoundationEssentials
import Glibc

/// A database that is read without its locks, because this user may not make the files that hold them: it may write neither
/// the file nor its folder, or no user may, on a read-only file system.
///
/// That is right while nothing but the file itself holds the data and no process changes it. The first is known beforehand; the
/// second is looked at after each statement.
struct FrozenFile {
    private let path: String
    private let state: State

    /// What every change of a file's contents changes.
    private struct State: Equatable {
        let device: dev_t
        let inode: ino_t
        let size: off_t
        let seconds: time_t
        let nanoseconds: Int

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = status.st_dev
            inode = status.st_ino
            size = status.st_size
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    /// Nil where a log holds what the file lacks, or a process may be about to write one: every process that has the database
    /// open in this mode keeps a log beside it, if only an empty one.
    init?(_ path: String) {
        // First, so that a change is seen that comes after the look at the logs.
        guard let state = State(path) else { return nil }
        let log = Self.size(path + "-wal")
        guard log == nil || (log == 0 && Self.size(path + "-shm") == nil), (Self.size(path + "-journal") ?? 0) == 0
        else {
            return nil
        }
        self.path = path
        self.state = state
    }

    private static func size(_ path: String) -> off_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_size : nil
    }

    /// Whether an error may be one of the locks' files.
    static func mayHelp(_ error: DatabaseError) -> Bool {
        [SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM].contains(Int32(error.code) & 0xFF)
            && error.kind != .limitReached
    }

    /// SQLite's name for the file opened so.
    var uri: String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_.~".utf8)
        let escaped = path.utf8.map { byte in
            plain.contains(byte) ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "file:" + escaped.joined() + "?immutable=1"
    }

    /// - Throws: `DatabaseError` of kind `snapshotConflict` where the file has changed since it was opened.
    func requireUnchanged(_ place: String) throws {
        guard State(path) != state else { return }
        throw DatabaseError(
            kind: .snapshotConflict, engine: .sqlite, code: Int(SQLITE_BUSY),
            message: "the file was written while it was read without the right to lock it", place: place)
    }

    /// Why a file cannot be read after all: what only a user who may write could do first.
    static func refusal(_ error: DatabaseError, _ options: SQLiteOptions) -> DatabaseError {
        let isReadOnly = isOnReadOnlyFileSystem(options.path)
        let hasJournal = (size(options.path + "-journal") ?? 0) > 0
        guard hasJournal || size(options.path + "-wal") != nil else { return error }
        var refusal = error
        refusal.kind = isReadOnly ? .unreachable : .missingRight(grant: nil)
        refusal.message =
            hasJournal
            ? "a run was cut off, and what it left in \(options.path)-journal has to be undone before anything is read"
            : "the last changes are in \(options.path)-wal, and this user can read them only together with "
                + "\(options.path)-shm"
        refusal.advice = .text(
            isReadOnly
                ? "Copy the file and what lies beside it to a folder that can be written, or mount it writable and let a user "
                    + "who may write it read it once, after which the file is whole by itself"
                : "Give this user the right to read the files beside it, or let a user who may write it read it once, after "
                    + "which the file is whole by itself")
        return refusal
    }

    /// Why a file cannot be written: SQLite knows only that it cannot make the log.
    static func writeRefusal(_ error: DatabaseError, _ options: SQLiteOptions) -> DatabaseError {
        guard isOnReadOnlyFileSystem(options.path) else { return error }
        var refusal = error
        refusal.kind = .readOnly
        refusal.message = "its file system is read-only"
        refusal.advice = .text("Mount it writable, or use a copy in a folder that can be written")
        return refusal
    }

    private static func isOnReadOnlyFileSystem(_ path: String) -> Bool {
        var file = statvfs()
        return statvfs(path, &file) == 0 && file.f_flag & UInt(ST_RDONLY) != 0
    }
}
