import CSQLite
import Database
import Foundation

/// Owns one `sqlite3 *`: the only place that closes it.
final class SQLiteHandle {
    private(set) var pointer: OpaquePointer?
    let interrupter = SQLiteInterrupter()

    /// Opens the file, and sets what SQLite wants set by calls; ``SQLiteSession`` does the rest.
    init(_ options: SQLiteOptions) throws {
        try Self.requireFile(options)
        // No mutex, because a connection belongs to one thread at a time; error codes are extended ones.
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch options.access {
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        case .readWrite: flags |= SQLITE_OPEN_READWRITE
        case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        }
        // There is a handle to close (by deinit) even if this fails, unless SQLite has no memory for one.
        let code = sqlite3_open_v2(options.path, &pointer, flags, nil)
        guard code == SQLITE_OK, let pointer else {
            throw SQLiteConnection.error(
                code: code, message: String(cString: sqlite3_errstr(code)), place: options.place)
        }
        interrupter.attach(pointer)
        // Otherwise a mistyped name in double quotes would silently be a text.
        csqlite_set_option(pointer, SQLITE_DBCONFIG_DQS_DDL, 0)
        csqlite_set_option(pointer, SQLITE_DBCONFIG_DQS_DML, 0)
    }

    deinit {
        close()
    }

    func close() {
        guard let pointer else { return }
        self.pointer = nil
        // First, so that nothing interrupts the ROLLBACK.
        interrupter.detach()
        // A bulk insert still in use keeps SQLite's own handle open, and an open transaction with it.
        sqlite3_exec(pointer, "ROLLBACK", nil, nil, nil)
        sqlite3_close_v2(pointer)
    }

    /// SQLite's own words for a missing file and for a folder are the same: "unable to open database file".
    private static func requireFile(_ options: SQLiteOptions) throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: options.path, isDirectory: &isFolder)
        guard isFolder.boolValue || (options.access != .create && !exists) else { return }
        throw SQLiteConnection.error(
            code: SQLITE_CANTOPEN, message: exists ? "this is a folder" : "there is no such file",
            place: options.place)
    }
}
