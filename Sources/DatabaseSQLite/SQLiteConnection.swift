package import Database
import Foundation
import GRDBSQLite

/// The seam over SQLite.
///
/// GRDB opens, configures and waits for locks; statements are stepped by hand, because rows must stream as bytes and
/// GRDB's own decoding stops at a NUL.
package final class SQLiteConnection: Connection {
    package enum Access: Sendable {
        /// The file must stand.
        case readOnly
        /// The file must stand.
        case readWrite
        /// The file is made where there is none; its folder must stand.
        case create
    }

    /// How a connection that writes makes its commits.
    package enum Journal: Sendable {
        /// Through the write-ahead log, to which the file is switched.
        case writeAheadLog
        /// The way the file has: it belongs to another program.
        case asFound
        /// In memory, and nothing is synced: for a new file that nobody sees until its maker has synced and named it.
        case unseen
    }

    package let engine = Engine.sqlite
    package let path: String
    package var place: String { "sqlite:" + path }
    package private(set) var lastInsertedID: Int64 = 0
    private let handle: SQLiteHandle
    /// How the file holds its texts.
    var encoding: SQLiteEncoding { handle.encoding }
    private let lockBase: String
    private var locks: [String: FileLock] = [:]
    private var isRefusingWrites = false
    private var openResults = 0
    private var isClosed = false

    /// Opens the file at `path`.
    ///
    /// - Parameters:
    ///   - journal: of a connection that writes.
    ///   - enforcesForeignKeys: off only for migrations that rebuild a table; they check at their end.
    ///   - lockBase: what the names of lock files begin with; `path` where it is nil. Connections to sibling files of one
    ///     database share their locks by sharing this.
    /// - Throws: ``DatabaseError``; kind `unreachable` where there is no file to open.
    package init(
        path: String, access: Access, journal: Journal = .writeAheadLog, enforcesForeignKeys: Bool = true,
        lockBase: String? = nil
    ) throws {
        self.path = path
        self.lockBase = lockBase ?? path
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue || (access != .create && !exists) {
            throw Self.error(
                code: SQLITE_CANTOPEN, message: exists ? "this is a folder" : "there is no such file",
                place: "sqlite:" + path)
        }
        do {
            handle = try SQLiteHandle(
                path: path, readOnly: access == .readOnly, journal: journal, enforcesForeignKeys: enforcesForeignKeys)
        } catch let failure as SQLiteHandle.Failure {
            throw Self.error(code: failure.code, message: failure.message, place: "sqlite:" + path)
        }
    }

    package func close() {
        isClosed = true
        // In the middle of a result GRDB's queue is taken: forEachRow closes then.
        if openResults == 0 { handle.close() }
        locks = [:]
    }

    package func tryLock(_ name: String) throws -> Bool {
        guard locks[name] == nil else { return true }
        locks[name] = try FileLock(path: lockBase + "-" + name + ".lock", place: place)
        return locks[name] != nil
    }

    package var connectionID: Int64 { 0 }

    package func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        // A lock of ours was gone when its connection was closed.
        try tryLock(name)
    }

    package func locksAreClusterWide() -> Bool { true }

    package func unlock(_ name: String) {
        locks[name] = nil
    }

    package func interrupter() -> any Interrupter {
        handle.interrupter()
    }

    // MARK: Statements

    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        try withConnection { connection in
            let statement = try SQLiteStatement(
                sql: sql.text, connection: connection, encoding: encoding, place: place)
            defer { statement.finalize() }
            try statement.bind(sql.binds)
            let changesBefore = sqlite3_total_changes64(connection)
            while try statement.step() {}
            lastInsertedID = sqlite3_last_insert_rowid(connection)
            // sqlite3_changes speaks of the last statement that wrote rows, which need not be this one.
            return sqlite3_total_changes64(connection) == changesBefore ? 0 : Int(sqlite3_changes64(connection))
        }
    }

    package func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        openResults += 1
        defer {
            openResults -= 1
            if isClosed, openResults == 0 { handle.close() }
        }
        try withConnection { connection in
            let statement = try SQLiteStatement(
                sql: sql.text, connection: connection, encoding: encoding, place: place)
            defer { statement.finalize() }
            try statement.bind(sql.binds)
            let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: statement.columnCount)
            cells.initialize(repeating: .null)
            defer { cells.deallocate() }
            while try statement.step() {
                statement.fill(cells)
                try body(Row(cells: cells))
                if isClosed { throw closedError }
            }
        }
    }

    package func begin(_ mode: TransactionMode) throws {
        switch mode {
        case .write:
            try execute("BEGIN IMMEDIATE")
        case .snapshot:
            try execute("BEGIN DEFERRED")
            // SQLite takes the snapshot at the first read, not at BEGIN.
            _ = try count("SELECT count(*) FROM sqlite_schema")
            try refuseWrites(true)
        }
    }

    package func commit() throws {
        try execute("COMMIT")
        try refuseWrites(false)
    }

    package func rollback() throws {
        let isOpen = try withConnection { sqlite3_get_autocommit($0) == 0 }
        if isOpen { try execute("ROLLBACK") }
        try refuseWrites(false)
    }

    /// SQLite has no read-only transaction, but connections that take no writes for a while.
    private func refuseWrites(_ refuses: Bool) throws {
        guard refuses != isRefusingWrites else { return }
        try execute(refuses ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0")
        isRefusingWrites = refuses
    }

    package func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try SQLiteBulkInsert(connection: self, table: table, columns: columns, fixed: fixed)
    }

    package func columns(of table: String) throws -> [ColumnDescription]? {
        // table_xinfo lists generated columns too: hidden 2 and 3.
        let columns = try rows("SELECT name, type, \"notnull\", hidden FROM pragma_table_xinfo(\(table))") { row in
            let type = (row.text(1) ?? "").lowercased()
            return ColumnDescription(
                name: row.text(0) ?? "", declaredType: type, kind: Self.kind(ofDeclared: type),
                isNullable: row.integer(2) == 0, isGenerated: (row.integer(3) ?? 0) >= 2)
        }
        return columns.isEmpty ? nil : columns
    }

    /// The column's kind by SQLite's own rules of type affinity, with the length the declaration names.
    private static func kind(ofDeclared type: String) -> ColumnDescription.Kind {
        let length = type.split(separator: "(").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
        if type.contains("int") { return .integer }
        if type.contains("char") || type.contains("clob") || type.contains("text") { return .text(limit: length) }
        if type.hasPrefix("datetime") || type.hasPrefix("timestamp") { return .dateTime }
        if ["real", "floa", "doub", "dec", "num"].contains(where: type.contains) { return .number }
        return .other
    }

    /// Runs `body` with SQLite's own handle.
    func withConnection<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
        guard !isClosed, let result = try handle.withConnection(body) else { throw closedError }
        return result
    }

    /// Whether a transaction is open on `handle`, this connection's own.
    func isInTransaction(_ handle: OpaquePointer) throws -> Bool {
        guard !isClosed else { throw closedError }
        return sqlite3_get_autocommit(handle) == 0
    }

    private var closedError: DatabaseError {
        Self.error(code: SQLITE_MISUSE, message: "the connection is closed", place: place)
    }
}
