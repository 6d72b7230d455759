import Database
import FoundationEssentials
import Glibc

/// Whether another user than this process's may write a file, by owners, groups and modes. Access control lists are not seen.
enum FolderAccess {
    /// Whether the user may make a file, and put it in the place of one that exists.
    ///
    /// - Parameters:
    ///   - file: by its full path.
    ///   - user: nil for a user that owns nothing and is in no group, such as systemd's `DynamicUser`.
    /// - Returns: nil if that cannot be known: the folder or the user does not exist.
    static func mayReplace(_ file: String, user: String?) -> Bool? {
        guard let account = Account(user) else { return nil }
        let folder = file.folderPath
        var status = stat()
        guard stat(folder, &status) == 0 else { return nil }
        guard account.passes(folder), account.has(0o3, on: status) else { return false }
        var existing = stat()
        guard status.st_mode & S_ISVTX != 0, lstat(file, &existing) == 0 else { return true }
        // In such a folder, as /tmp is, only its owner puts another file in a file's place.
        return account.isRoot || [existing.st_uid, status.st_uid].contains { account.id == $0 }
    }

    /// Whether the user may write a file as it is, or make it where it does not exist.
    ///
    /// - Parameters: as of ``mayReplace(_:user:)``.
    static func mayWrite(_ file: String, user: String?) -> Bool? {
        var status = stat()
        guard let mayReplace = mayReplace(file, user: user), let account = Account(user) else { return nil }
        return stat(file, &status) == 0 ? account.has(0o2, on: status) : mayReplace
    }

    /// Whether the user may read a file.
    ///
    /// - Parameters: as of ``mayReplace(_:user:)``.
    static func mayRead(_ file: String, user: String?) -> Bool? {
        var status = stat()
        guard let account = Account(user), stat(file, &status) == 0 else { return nil }
        return account.passes(file.folderPath) && account.has(0o4, on: status)
    }

    /// Whose rights are looked at.
    private struct Account {
        /// Nil for a user that owns nothing.
        let id: uid_t?
        let groups: [gid_t]

        var isRoot: Bool { id == 0 }

        init?(_ name: String?) {
            guard let name else {
                id = nil
                groups = []
                return
            }
            guard let entry = getpwnam(name)?.pointee else { return nil }
            id = entry.pw_uid
            var count: Int32 = 256
            var found = [gid_t](repeating: entry.pw_gid, count: Int(count))
            groups =
                getgrouplist(name, entry.pw_gid, &found, &count) >= 0 ? Array(found.prefix(Int(count))) : [entry.pw_gid]
        }

        /// Whether the folder can be reached: each on the way to it must be passed through, and it as well.
        func passes(_ folder: String) -> Bool {
            var folder = folder
            while true {
                var status = stat()
                if stat(folder, &status) == 0, !has(0o1, on: status) { return false }
                if folder.count <= 1 { return true }
                folder = folder.folderPath
            }
        }

        /// - Parameter bits: of read (4), write (2) and execute (1).
        func has(_ bits: mode_t, on status: stat) -> Bool {
            if isRoot { return true }
            let shift: mode_t = id == status.st_uid ? 6 : groups.contains(status.st_gid) ? 3 : 0
            return status.st_mode >> shift & bits == bits
        }
    }
}
