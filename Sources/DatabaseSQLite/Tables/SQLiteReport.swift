package import Database
import Foundation

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
    package func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String] {
        let writes = needs.contains { $0.rights.contains { $0 != .select } }
        guard writes || makesTables else { return [] }
        let folder = (path as NSString).deletingLastPathComponent
        let places: [String] = [path, folder.isEmpty ? "." : folder]
        return places.filter { access($0, W_OK) != 0 }.map { "chmod u+w '\($0)'" }
    }
}
