import Foundation

/// A file that appears under its name whole or not at all.
///
/// It is written beside that name, as `.NAME.pnbook-part`, synced, and renamed. Its writer holds a lock on it. A temporary file
/// left by a killed process is unlocked; the next writer of NAME deletes it.
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
    /// - Parameter mode: the permissions it has once it is published, regardless of the umask.
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

    /// Whether a file exists at `path`.
    ///
    /// - Throws: ``FileError`` if something else does.
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
        default: throw FileError.notARegularFile(path)
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

    /// Gives the file its name, durably. Called once, as the last step.
    ///
    /// - Parameter replacing: replaces a file that exists; otherwise that is an error.
    /// - Returns: its size in bytes.
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
                throw errno == EEXIST ? FileError.createdMeanwhile(path) : FileError.io(path, errno)
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

    /// Removes what a killed process has left.
    private static func removeLeftover(_ temporaryPath: String, for path: String) throws {
        let descriptor = open(temporaryPath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if descriptor < 0 && errno == ENOENT { return }
        guard descriptor >= 0 else { throw FileError.leftover(temporaryPath, errno) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw FileError.busy(path) }
        // Only the file that is locked: by now the name may belong to another process's new file.
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
