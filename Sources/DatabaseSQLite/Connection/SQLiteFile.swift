import CSQLite
import Database
import ErrorModel
import FoundationEssentials
import Glibc

/// What exists at a connection's path, and beside it, before SQLite opens it.
///
/// It only looks: closing any descriptor of a database would drop the locks that SQLite holds on it in this process.
struct SQLiteFile {
    private let options: SQLiteOptions

    init(_ options: SQLiteOptions) {
        self.options = options
    }

    /// Refuses by its name what is not a file, which SQLite would wait for or write into, and makes a new file where that is
    /// asked for.
    ///
    /// - Throws: `DatabaseError` of kind `unreachable`; `notADatabase` for a log that is not SQLite's.
    func prepare() throws {
        if let status = try status() {
            if let problem = Self.problem(with: status) { throw unreachable(problem) }
            // SQLite takes a file of a single byte for an empty one.
            guard status.st_size == 0 || status.st_size >= Self.smallestDatabase else {
                throw SQLiteConnection.error(
                    code: SQLITE_NOTADB, message: "file is not a database", place: options.place)
            }
            try checkLogs(isNew: false)
        } else if options.access == .create {
            try checkLogs(isNew: true)
            try create()
        } else {
            throw unreachable("there is no such file")
        }
    }

    /// Nil where nothing exists. A link is followed to a database, and not to a file of ours beside it.
    private func status() throws -> stat? {
        var status = stat()
        if (options.isSibling ? lstat(options.path, &status) : stat(options.path, &status)) == 0 { return status }
        guard errno == ENOENT else {
            throw unreachable("\(String(cString: strerror(errno))); check the rights on the folders of the path")
        }
        if lstat(options.path, &status) == 0 { throw unreachable("this is a symbolic link that leads nowhere") }
        return nil
    }

    /// What kind of thing it is; nil for a file.
    static func problem(with status: stat) -> DisplayText? {
        switch status.st_mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "this is a folder"
        case S_IFLNK: "this is a symbolic link, and none is followed beside a database"
        case S_IFIFO: "this is a pipe"
        case S_IFSOCK: "this is a socket"
        default: "this is a device"
        }
    }

    private func create() throws {
        let descriptor = NewFile.create(options.path, O_RDWR, beside: options.isSibling ? options.lockBase : nil)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            let number = errno
            throw SQLiteConnection.error(
                code: [ENOSPC, EDQUOT].contains(number) ? SQLITE_FULL : SQLITE_CANTOPEN, systemError: number,
                message: "the file cannot be made: \(String(cString: strerror(number)))", place: options.place)
        }
    }

    /// Bytes: one of the smallest pages.
    private static let smallestDatabase = 512

    // MARK: Beside it

    /// The first bytes of SQLite's write-ahead log, in either byte order.
    private static let logStarts: [[UInt8]] = [[0x37, 0x7F, 0x06, 0x82], [0x37, 0x7F, 0x06, 0x83]]
    /// The first bytes of its rollback journal; zeros while it is begun and once it is done with.
    private static let journalStarts: [[UInt8]] = [[0xD9, 0xD5, 0x05, 0xF9], [0, 0, 0, 0]]

    /// SQLite writes into whatever has these names, or takes it for a part of the database.
    private func checkLogs(isNew: Bool) throws {
        for (suffix, starts) in [("-wal", Self.logStarts), ("-journal", Self.journalStarts), ("-shm", [])] {
            let path = options.path + suffix
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if let problem = Self.problem(with: status) { throw unreachable("\(path): \(problem)") }
            guard status.st_size > 0, !starts.isEmpty else { continue }
            // Unless another process has made both by now.
            if isNew, try self.status() == nil {
                throw foreign(path, "belongs to a database that is gone, and would corrupt a new one")
            }
            if let start = Self.start(of: path), !starts.contains(start) {
                throw foreign(path, "is not a log of SQLite's, which would overwrite it")
            }
        }
    }

    /// Nil where it cannot be read, or is shorter. No one holds a lock on these.
    private static func start(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4)
        return pread(descriptor, &bytes, bytes.count, 0) == bytes.count ? bytes : nil
    }

    // MARK: Errors

    private func unreachable(_ problem: DisplayText) -> DatabaseError {
        var error = SQLiteConnection.error(code: SQLITE_CANTOPEN, message: problem, place: options.place)
        if options.isSibling { error.advice = .text("Move it away; the next run makes a new file") }
        return error
    }

    private func foreign(_ path: String, _ problem: DisplayText) -> DatabaseError {
        var error = SQLiteConnection.error(code: SQLITE_NOTADB, message: "\(path) \(problem)", place: options.place)
        error.advice = .text("Move it away, or check the path")
        return error
    }
}
