import FoundationEssentials
import Glibc

/// A file that appears under its name whole or not at all, and replaces only one of ours.
///
/// It is written beside that name (``TemporaryFile``), synced, and renamed.
package final class AtomicFile {
    /// The name it gets.
    let path: String
    private let rights: FileRights
    private let replacing: Replaceable
    private let temporary: TemporaryFile
    private var isPublished = false

    /// Which file that exists may be replaced.
    package enum Replaceable: Sendable {
        case nothing
        /// One with the mark, and an empty one.
        case marked(FileMark)
        case anything
    }

    /// The name it has until then.
    var temporaryPath: String { temporary.path }

    /// Begins an empty file.
    ///
    /// - Throws: ``FileError``; also where `path` is a symbolic link, a folder or a device, which nothing is written through.
    init(at path: String, rights: FileRights, replacing: Replaceable) throws {
        _ = try Self.replaced(at: path, replacing)
        self.path = path
        self.rights = rights
        self.replacing = replacing
        temporary = try TemporaryFile(for: path, mode: rights.initialMode)
    }

    deinit {
        if !isPublished { unlink(temporaryPath) }
        // The lock goes with it, and last.
        close(temporary.descriptor)
    }

    /// Whether a file exists at `path`.
    ///
    /// - Throws: ``FileError`` if something else does.
    static func exists(at path: String) throws -> Bool { try status(of: path) != nil }

    /// The file that would be replaced; nil where none exists.
    ///
    /// - Throws: ``FileError`` if something exists that may not be.
    static func replaced(at path: String, _ replacing: Replaceable) throws -> stat? {
        guard let status = try status(of: path) else { return nil }
        switch replacing {
        case .nothing: throw FileError.createdMeanwhile(path)
        case .marked(let mark): if status.st_size > 0 { try mark.requireOurs(path) }
        case .anything: break
        }
        return status
    }

    private static func status(of path: String) throws -> stat? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw FileError.io(path, errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return status
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
            let count = Glibc.write(temporary.descriptor, piece.baseAddress, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FileError.io(path, count == 0 ? EIO : errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Gives the file its name, durably. Called once, as the last step.
    ///
    /// - Returns: its size in bytes.
    /// - Throws: ``FileError``; also where another file has got the name since the beginning.
    @discardableResult
    func publish() throws -> Int {
        // Looked at again: much may have happened since the beginning.
        let replaced = try Self.replaced(at: path, replacing)
        var status = stat()
        guard setMode(replaced), fsync(temporary.descriptor) == 0, fstat(temporary.descriptor, &status) == 0 else {
            throw FileError.io(path, errno)
        }
        if replaced != nil { try rename() } else { try link() }
        try Self.syncFolder(of: path)
        return Int(status.st_size)
    }

    private func setMode(_ replaced: stat?) -> Bool {
        switch rights {
        case .everyone: return fchmod(temporary.descriptor, 0o644) == 0
        case .owner: return fchmod(temporary.descriptor, 0o600) == 0
        case .restricted:
            // Another user's file does not say who may read ours.
            guard let replaced, replaced.st_uid == geteuid() else { return true }
            return fchmod(temporary.descriptor, replaced.st_mode & 0o777) == 0
        }
    }

    private func rename() throws {
        guard Glibc.rename(temporaryPath, path) == 0 else { throw FileError.io(path, errno) }
        isPublished = true
    }

    /// Adds the name: this, unlike a change of name, never takes another file's place. The first name goes with this object.
    private func link() throws {
        if Glibc.link(temporaryPath, path) == 0 { return }
        switch errno {
        case EEXIST: throw FileError.createdMeanwhile(path)
        // A file system that has no second names.
        case EPERM, EOPNOTSUPP, ENOSYS, EMLINK: try rename()
        default: throw FileError.io(path, errno)
        }
    }

    /// A new name is durable once its folder is.
    private static func syncFolder(of path: String) throws {
        let folder = TemporaryFile.split(path).folder
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError.io(path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError.io(path, errno) }
    }
}
