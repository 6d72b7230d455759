package import ErrorModel
import Foundation

/// A file that appears under its name whole or not at all.
///
/// It is written beside that name, as `.NAME.pnbook-part`, synced, and renamed. Whoever writes it holds a lock on it. What
/// a killed process leaves beside has none, and the next one that writes NAME takes it away.
package final class AtomicFile {
    /// The name it gets.
    let path: String
    /// The name it has until then.
    let temporaryPath: String
    private let mode: mode_t
    private let descriptor: Int32
    private var isPublished = false

    /// Begins an empty file.
    ///
    /// - Parameter mode: what it has once it is published, whatever the umask.
    /// - Throws: ``FileError``; also where `path` is a symbolic link, a folder or a device, which nothing is written through.
    init(at path: String, mode: mode_t) throws {
        _ = try Self.exists(at: path)
        self.path = path
        self.mode = mode
        let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        temporaryPath = path[..<name] + "." + path[name...] + ".pnbook-part"
        descriptor = try Self.begin(temporaryPath, for: path)
    }

    deinit {
        if !isPublished { unlink(temporaryPath) }
        // The lock goes with it, and last.
        close(descriptor)
    }

    /// Whether a file stands at `path`.
    ///
    /// - Throws: ``FileError`` where something else stands there.
    static func exists(at path: String) throws -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return false }
            throw FileError.io(path, errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return true
        case S_IFLNK: throw FileError.link(path)
        case S_IFDIR: throw FileError.folder(path)
        default: throw FileError.noFile(path)
        }
    }

    /// Writes all of `bytes` behind what is there.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor, piece.baseAddress, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FileError.io(path, count == 0 ? EIO : errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Gives the file its name, durably. To be called once, as the last thing.
    ///
    /// - Parameter replacing: takes the place of a file that stands there; otherwise that is an error.
    /// - Returns: how many bytes it has.
    @discardableResult
    func publish(replacing: Bool = true) throws -> Int {
        var status = stat()
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0, fstat(descriptor, &status) == 0 else {
            throw FileError.io(path, errno)
        }
        if replacing {
            guard rename(temporaryPath, path) == 0 else { throw FileError.io(path, errno) }
            isPublished = true
        } else {
            // A link, unlike a new name, never takes another file's place. The first name goes with this object.
            guard link(temporaryPath, path) == 0 else {
                throw errno == EEXIST ? FileError.appeared(path) : FileError.io(path, errno)
            }
        }
        try Self.syncFolder(of: path)
        return Int(status.st_size)
    }

    // MARK: Beginning

    /// Makes a new file under the temporary name and locks it.
    private static func begin(_ temporaryPath: String, for path: String) throws -> Int32 {
        // Each further round means that another process has just been at the same place.
        for _ in 0..<100 {
            let descriptor = open(temporaryPath, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            if descriptor < 0 {
                guard errno == EEXIST else { throw FileError.io(path, errno) }
                try removeLeftover(temporaryPath, for: path)
            } else if flock(descriptor, LOCK_EX | LOCK_NB) == 0, isNamed(temporaryPath, descriptor) {
                return descriptor
            } else {
                close(descriptor)
            }
        }
        throw FileError.busy(path)
    }

    /// Takes away what a killed process has left.
    private static func removeLeftover(_ temporaryPath: String, for path: String) throws {
        let descriptor = open(temporaryPath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if descriptor < 0 && errno == ENOENT { return }
        guard descriptor >= 0 else { throw FileError.leftover(temporaryPath, errno) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw FileError.busy(path) }
        // Only what is locked: the name may belong to another's new file by now.
        if isNamed(temporaryPath, descriptor), unlink(temporaryPath) != 0 {
            throw FileError.leftover(temporaryPath, errno)
        }
    }

    private static func isNamed(_ path: String, _ descriptor: Int32) -> Bool {
        var (named, opened) = (stat(), stat())
        return lstat(path, &named) == 0 && fstat(descriptor, &opened) == 0
            && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino
    }

    /// A new name is durable once its folder is.
    private static func syncFolder(of path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError.io(path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError.io(path, errno) }
    }
}

/// Why a file was not written. What was there is as it was.
package enum FileError: Diagnosable, Hashable {
    case io(String, Int32)
    case link(String)
    case folder(String)
    case noFile(String)
    /// A leftover that cannot be taken away.
    case leftover(String, Int32)
    /// Another process is writing the same file.
    case busy(String)
    /// A file that was not there at the beginning.
    case appeared(String)
    /// What SQLite keeps beside a file, without the file.
    case strayLog(String)
    /// A SQLite file, and what SQLite says.
    case database(String, String)

    package var category: ErrorCategory {
        switch self {
        // The same may succeed a little later.
        case .busy, .appeared: .tryLater
        case .io, .link, .folder, .noFile, .leftover, .strayLog, .database: .output
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .io(_, let number) where [ENOSPC, EDQUOT, EFBIG].contains(number):
            .text("Make room, or give another place")
        case .io: .text("Check the folder and the rights on it, or give another place")
        case .link: .text("Give the name of the file itself")
        case .folder: .text("Give the name of a file in it")
        case .noFile: .text("Give the name of a file")
        case .leftover: .text("Remove it by hand")
        case .busy: .text("Try again when it has ended")
        case .appeared: .tryAgain
        case .strayLog: .text("Take it away first")
        case .database: .text("Make room, check the rights, or give another place")
        }
    }

    package var description: String {
        switch self {
        case .io(let path, let number):
            "cannot write \(path): \(String(cString: strerror(number)))"
        case .link(let path):
            "\(path) is a symbolic link, and nothing is written through one"
        case .folder(let path):
            "\(path) is a folder"
        case .noFile(let path):
            "\(path) is a device or a pipe, and not a file"
        case .leftover(let path, let number):
            "cannot take away \(path), which a killed run has left: \(String(cString: strerror(number)))"
        case .busy(let path):
            "another process is writing \(path)"
        case .appeared(let path):
            "\(path) was not there a moment ago; it was not changed"
        case .strayLog(let path):
            "\(path) is left of a database that is gone, and would spoil a new one"
        case .database(let path, let message):
            "cannot write \(path): \(message); nothing was changed"
        }
    }
}
