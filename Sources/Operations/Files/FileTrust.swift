import FoundationEssentials
import Glibc

/// Who could have written a file: one that decides what runs as this user must be this user's own, or root's.
enum FileTrust {
    /// The name of a file's owner who is neither this process's user nor root; nil for these two.
    static func stranger(owning status: stat) -> String? {
        if status.st_uid == 0 || status.st_uid == geteuid() { return nil }
        return name(of: status.st_uid)
    }

    /// This process's user.
    static var user: String { name(of: geteuid()) }

    private static func name(of user: uid_t) -> String {
        guard let name = getpwuid(user)?.pointee.pw_name else { return "user \(user)" }
        return String(cString: name)
    }

    /// The first folder on the way to a file in which another user could put a file in its place; nil for none.
    ///
    /// Links are followed. A folder with the sticky bit is safe: in it, a file is only its owner's to rename.
    static func openFolder(onTheWayTo path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        var folder = String(cString: resolved)
        while let slash = folder.lastIndex(of: "/"), folder != "/" {
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            var status = stat()
            guard stat(folder, &status) == 0 else { return folder }
            if status.st_mode & S_ISVTX == 0, status.st_mode & 0o022 != 0 { return folder }
            if stranger(owning: status) != nil { return folder }
        }
        return nil
    }
}
