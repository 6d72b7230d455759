import CSQLite
import Database
import ErrorModel
import FoundationEssentials
import Glibc

extension SQLiteConnection {
    /// - Parameter systemError: the `errno` of the call that failed; 0 for none.
    static func error(
        code: Int32, systemError: Int32 = 0, message: DisplayText, statement: String? = nil, place: String
    ) -> DatabaseError {
        let limit = limit(code, systemError)
        return DatabaseError(
            kind: limit?.kind ?? kind(of: code, message.string), engine: .sqlite, code: Int(code),
            message: limit.map { "\(message): \($0.name)" } ?? message, statement: statement, place: place,
            advice: limit?.advice)
    }

    /// A limit of this process, of its user or of its disk, which SQLite only knows as a file that cannot be opened or written.
    private static func limit(
        _ code: Int32, _ systemError: Int32
    ) -> (kind: DatabaseError.Kind, name: DisplayText, advice: Remedy?)? {
        switch code & 0xFF {
        case _ where code & 0xFF == SQLITE_NOMEM || code == ioErrorNoMemory:
            (.limitReached, "this process gets no more memory", .text("Raise its limit (ulimit -v), or free memory"))
        case SQLITE_CANTOPEN, SQLITE_IOERR:
            switch systemError {
            case EMFILE:
                (
                    .limitReached, "this process may open no more files",
                    .text("Raise the limit (ulimit -n; LimitNOFILE= in a unit)")
                )
            case ENFILE:
                (.limitReached, "this machine can open no more files", .tryLater)
            case EACCES where code & 0xFF == SQLITE_CANTOPEN:
                (
                    .missingRight(grant: nil), "this user may not open it",
                    .text("Give this user the rights on the file and on its folder, or run as the user they belong to")
                )
            case EROFS:
                (
                    .readOnly, "its file system is read-only",
                    .text("Mount it writable, or use a copy in a folder that can be written")
                )
            case EFBIG: (.full, "the limit on the size of files is reached (ulimit -f)", nil)
            case ENOSPC: (.full, "no room is left on the disk", nil)
            case EDQUOT: (.full, "the quota of the disk is used up", nil)
            default: nil
            }
        default: nil
        }
    }

    // Extended result codes are C macros that Swift does not see: the primary code with a number above it.
    private static let constraintPrimaryKey = SQLITE_CONSTRAINT | 6 << 8
    private static let constraintUnique = SQLITE_CONSTRAINT | 8 << 8

    // SQLite calls only ENOSPC a full disk. A quota and a limit on the size of files are a failed write to it, and a lack of
    // room for the write-ahead log's index has a code of its own.
    private static let ioErrorWrite = SQLITE_IOERR | 3 << 8
    private static let ioErrorSharedMemoryOpen = SQLITE_IOERR | 18 << 8
    private static let ioErrorNoMemory = SQLITE_IOERR | 12 << 8
    private static let ioErrorSharedMemorySize = SQLITE_IOERR | 19 << 8

    private static func kind(of code: Int32, _ message: String) -> DatabaseError.Kind {
        if [ioErrorWrite, ioErrorSharedMemoryOpen, ioErrorSharedMemorySize].contains(code) { return .full }
        if code == constraintPrimaryKey || code == constraintUnique { return .uniqueViolation }
        // The low byte is the primary code.
        switch code & 0xFF {
        case SQLITE_CANTOPEN: return .unreachable
        case SQLITE_PERM, SQLITE_AUTH: return .missingRight(grant: nil)
        case SQLITE_BUSY, SQLITE_LOCKED: return .lockTimeout
        case SQLITE_READONLY: return .readOnly
        case SQLITE_FULL: return .full
        case SQLITE_NOTADB, SQLITE_CORRUPT: return .notADatabase
        case SQLITE_CONSTRAINT: return .constraintViolation
        case SQLITE_TOOBIG: return .dataTooLong
        case SQLITE_INTERRUPT: return .interrupted
        // A statement that is interrupted while its virtual table is being declared says so in words alone.
        case SQLITE_ERROR where message == "interrupted" || message == "vtable constructor failed: pnbook_rows":
            return .interrupted
        case SQLITE_MISUSE: return .misuse
        case SQLITE_ERROR where message.hasPrefix("no such table"): return .missingTable
        case SQLITE_ERROR where message.hasPrefix("no such column"): return .missingColumn
        case SQLITE_ERROR where message.contains(" has no column named "): return .missingColumn
        default: return .other
        }
    }
}
