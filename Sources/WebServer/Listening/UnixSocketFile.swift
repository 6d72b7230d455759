import Glibc

/// A socket file that this process has made.
struct UnixSocketFile {
    let path: String
    /// The file itself, which another process may have replaced since.
    private let mark: Mark?

    private struct Mark: Equatable {
        let device: dev_t
        let inode: ino_t
        let seconds: Int
        let nanoseconds: Int
    }

    init(path: String) {
        self.path = path
        mark = Self.mark(at: path)
    }

    /// Removes the file, unless another process has put its own in its place.
    func remove() {
        if let mark, Self.mark(at: path) == mark { unlink(path) }
    }

    private static func mark(at path: String) -> Mark? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        let changed = status.st_ctim
        return Mark(device: status.st_dev, inode: status.st_ino, seconds: changed.tv_sec, nanoseconds: changed.tv_nsec)
    }

    /// The kind of the file at a path, such as `S_IFSOCK`; nil where there is none.
    ///
    /// - Throws: ``WebServerError``.
    static func kind(at path: String, for address: WebAddress) throws -> mode_t? {
        var status = stat()
        if lstat(path, &status) == 0 { return status.st_mode & S_IFMT }
        switch errno {
        case ENOENT: return nil
        case ENOTDIR: throw WebServerError.noFolder(path: path)
        case EACCES: throw WebServerError.notPermitted(address)
        default: throw WebServerError.system(address, call: "stat", code: errno)
        }
    }
}
