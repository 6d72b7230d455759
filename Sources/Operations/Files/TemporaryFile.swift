import FoundationEssentials
import Glibc

/// The file beside a name that becomes the file of that name once it is complete: `.NAME.RANDOM.pnbook-part`.
///
/// Nobody can take a name beforehand that cannot be guessed. Its writer holds a lock on it, so one that a killed process has
/// left is told from one that is being written.
struct TemporaryFile {
    let path: String
    /// Open for reading and writing, and locked.
    let descriptor: Int32

    private static let suffix = ".pnbook-part"

    /// Makes a new file for `name` and locks it, once what killed processes of this user have left for it is removed.
    ///
    /// - Parameter name: the path that it will have.
    /// - Throws: ``FileError``; `busy` where another process of this user is writing the same file.
    init(for name: String, mode: UInt32) throws {
        let (folder, last) = Self.split(name)
        try Self.removeLeftovers(of: last, in: folder, for: name)
        // Each further round means that another process has just taken it for a leftover.
        for _ in 0..<100 {
            let path = folder + ".\(last).\(String(UInt64.random(in: 0...UInt64.max), radix: 16))\(Self.suffix)"
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            if descriptor < 0 {
                guard errno == EEXIST else { throw FileError.io(name, errno) }
            } else if flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isNamed(path, descriptor) {
                self.path = path
                self.descriptor = descriptor
                return
            } else {
                close(descriptor)
            }
        }
        throw FileError.busy(name)
    }

    /// The folder, with its slash or empty, and the name in it.
    static func split(_ path: String) -> (folder: String, name: String) {
        let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        return (String(path[..<name]), String(path[name...]))
    }

    // MARK: Leftovers

    /// A folder that cannot be listed keeps them.
    private static func removeLeftovers(of last: String, in folder: String, for name: String) throws {
        let entries = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
        let prefix = Array(".\(last).".utf8)
        for entry in entries ?? [] where entry.utf8.starts(with: prefix) && entry.hasSuffix(suffix) {
            // Nothing is between the two in a name that an earlier version gave.
            let random = entry.utf8.dropFirst(prefix.count).dropLast(suffix.utf8.count)
            guard random.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { continue }
            try removeLeftover(folder + entry, for: name)
        }
    }

    private static func removeLeftover(_ path: String, for name: String) throws {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        // Gone, or something that no run of ours has left: it is in no one's way.
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else {
            return
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw FileError.busy(name) }
        // Only the file that is locked: by now the name may belong to another process's new file.
        if isNamed(path, descriptor), unlink(path) != 0, errno != ENOENT { throw FileError.leftover(path, errno) }
    }

    private static func isNamed(_ path: String, _ descriptor: Int32) -> Bool {
        var (named, opened) = (stat(), stat())
        return lstat(path, &named) == 0 && fstat(descriptor, &opened) == 0
            && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino
    }
}
