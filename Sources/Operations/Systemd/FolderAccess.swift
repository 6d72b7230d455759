import Foundation

/// Whether another user than this process's may write into a folder, by its owner, group and mode.
enum FolderAccess {
    /// - Parameter user: nil for a user that owns nothing and is in no group, such as systemd's `DynamicUser`.
    /// - Returns: nil if that cannot be known: the folder or the user does not exist.
    static func mayWrite(_ folder: String, user: String?) -> Bool? {
        var status = stat()
        guard stat(folder, &status) == 0 else { return nil }
        guard let user else { return status.st_mode & 0o003 == 0o003 }
        guard let entry = getpwnam(user)?.pointee else { return nil }
        if entry.pw_uid == 0 { return true }
        if entry.pw_uid == status.st_uid { return status.st_mode & 0o300 == 0o300 }
        if groups(of: user, entry.pw_gid).contains(status.st_gid) { return status.st_mode & 0o030 == 0o030 }
        return status.st_mode & 0o003 == 0o003
    }

    private static func groups(of user: String, _ first: gid_t) -> [gid_t] {
        var count: Int32 = 256
        var groups = [gid_t](repeating: first, count: Int(count))
        guard getgrouplist(user, first, &groups, &count) >= 0 else { return [first] }
        return Array(groups.prefix(Int(count)))
    }
}
