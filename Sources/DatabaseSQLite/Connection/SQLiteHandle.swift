import CSQLite
import Database
import ErrorModel

/// Owns one `sqlite3 *`: the only place that closes it.
final class SQLiteHandle {
    private(set) var pointer: OpaquePointer?
    let interrupter = SQLiteInterrupter()

    /// Opens the file, and sets what SQLite wants set by calls; ``SQLiteSession`` does the rest.
    ///
    /// - Parameter frozen: the file, if it is read without its locks.
    init(_ options: SQLiteOptions, _ frozen: FrozenFile? = nil) throws {
        // No mutex, because a connection belongs to one thread at a time; error codes are extended ones.
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch options.access {
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        case .readWrite: flags |= SQLITE_OPEN_READWRITE
        case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        }
        if frozen != nil { flags |= SQLITE_OPEN_URI }
        // There is a handle to close (by deinit) even if this fails, unless SQLite has no memory for one.
        let code = sqlite3_open_v2(frozen?.uri ?? options.path, &pointer, flags, nil)
        guard code == SQLITE_OK, let pointer else {
            throw SQLiteConnection.error(
                code: code, systemError: pointer.map { sqlite3_system_errno($0) } ?? 0,
                message: DisplayText(String(cString: sqlite3_errstr(code))), place: options.place)
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
}
