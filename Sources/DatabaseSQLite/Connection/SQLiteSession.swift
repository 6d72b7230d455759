import CSQLite
import Database
import ErrorModel

/// Sets a new connection's pragmas, and asks what it has to know of the file: what later statements rely on depends
/// neither on the file nor on how the library was built.
struct SQLiteSession {
    /// How the file holds its texts.
    let encoding: SQLiteEncoding

    /// Sets the session of `connection`.
    ///
    /// - Throws: `DatabaseError`; of kind `notADatabase` for a file that SQLite cannot read, `readOnly` for one that is to
    ///   be written and cannot be.
    init(_ connection: SQLiteConnection, _ options: SQLiteOptions) throws {
        try connection.execute(options.enforcesForeignKeys ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF")
        // Before anything else is done with it: an unreadable or damaged file is reported here, not halfway.
        _ = try connection.count("SELECT count(*) FROM sqlite_schema")
        encoding = SQLiteEncoding(pragma: try connection.first("PRAGMA encoding") { $0.text(0) } ?? nil)
        encoding.registerCollation(on: try connection.pointer())
        if options.access != .readOnly { try Self.setForWriting(connection, options.journal) }
    }

    private static func setForWriting(_ connection: SQLiteConnection, _ journal: SQLiteOptions.Journal) throws {
        // SQLite silently opens a file that it may not write, and fails at the first write.
        if sqlite3_db_readonly(try connection.pointer(), "main") == 1 {
            throw SQLiteConnection.error(
                code: SQLITE_READONLY, message: "this user may not write the file or its folder",
                place: connection.place)
        }
        switch journal {
        case .writeAheadLog: try useWriteAheadLog(connection)
        case .unchanged: break
        case .memoryUnsynced: try connection.execute("PRAGMA journal_mode = MEMORY")
        }
        // Commits are durable once they return.
        try connection.execute(
            journal == .memoryUnsynced ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL")
        // Room for the pages that a bulk insert goes back to; in KiB when negative.
        try connection.execute("PRAGMA cache_size = -6144")
        try connection.execute("PRAGMA temp_store = MEMORY")
        // Debian's SQLite would overwrite with zeros what is removed, which makes a removal a third slower.
        try connection.execute("PRAGMA secure_delete = OFF")
    }

    /// With the write-ahead log readers never wait for the writer.
    private static func useWriteAheadLog(_ connection: SQLiteConnection) throws {
        // Large pages, for a file that has none yet: a book is written a sixth faster and removed three times faster.
        if try connection.count("PRAGMA page_count") == 0 {
            try connection.execute("PRAGMA page_size = 16384")
        }
        if try connection.first("PRAGMA journal_mode", { $0.text(0) }) != "wal" {
            try connection.execute("PRAGMA journal_mode = WAL")
        }
    }
}
