package import Database
import FoundationEssentials
import Glibc

extension SQLiteConnection {
    /// No sizes: SQLite knows the whole file's only, not what each table takes.
    package func report(on tables: [String], clock: () -> Int64) throws -> ServerStatus {
        let version = try first("SELECT sqlite_version()") { $0.text(0) ?? "" } ?? ""
        let present = try tables.filter { try columns(of: $0) != nil }
        return ServerStatus(
            version: version, isReadOnly: false,
            tables: present.map { TableReport(name: $0, bytes: nil, collations: [:]) })
    }

    /// A user who may write the file and its folder has every right; any other user has none that is needed.
    ///
    /// Only the owner is told how to get it: whom a file's owner lets read it, and no more, is not to be let write it.
    package func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String] {
        let writes = needs.contains { $0.rights.contains { $0 != .select } }
        guard writes || makesTables else { return [] }
        let folder = path.folderPath
        let places: [String] = [path, folder.isEmpty ? "." : folder]
        var status = stat()
        let isOwner = stat(path, &status) == 0 && (status.st_uid == geteuid() || geteuid() == 0)
        let owner = getpwuid(status.st_uid)?.pointee.pw_name.map { String(cString: $0) } ?? "\(status.st_uid)"
        var missing: [String] = []
        for place in places where access(place, W_OK) != 0 {
            if errno == EROFS {
                return ["mount it writable  ('\(place)' is on a read-only file system; to read it, nothing is missing)"]
            }
            guard isOwner else { return ["su '\(owner)'  (who owns '\(path)'; to read it, nothing is missing)"] }
            missing.append("chmod u+w '\(place)'")
        }
        return missing
    }
}
