import CSQLite
package import Database
import ErrorModel

/// The seam over SQLite.
package final class SQLiteConnection: Connection {
    package let engine = Engine.sqlite
    package let options: SQLiteOptions
    package var path: String { options.path }
    package var place: String { options.place }
    package private(set) var lastInsertedID: Int64 = 0
    private var handle: SQLiteHandle
    /// The file, if it is read without its locks.
    private var frozen: FrozenFile?
    /// How the file holds its texts.
    private(set) var encoding = SQLiteEncoding.utf8
    private var locks: [String: FileLock] = [:]
    private var isRefusingWrites = false
    private var openResults = 0
    private var isClosed = false

    /// Opens the file and sets the session.
    ///
    /// A reader needs no right to write the file or its folder; see ``FrozenFile``.
    ///
    /// - Throws: `DatabaseError`; kind `unreachable` where the file does not exist, or something else than a file does.
    package init(_ options: SQLiteOptions) throws {
        self.options = options
        try SQLiteFile(options).prepare()
        handle = try SQLiteHandle(options)
        do {
            encoding = try SQLiteSession(self, options).encoding
        } catch let error as DatabaseError where FrozenFile.mayHelp(error) {
            handle.close()
            guard options.access == .readOnly else { throw FrozenFile.writeRefusal(error, options) }
            guard let file = FrozenFile(options.path) else { throw FrozenFile.refusal(error, options) }
            frozen = file
            handle = try SQLiteHandle(options, file)
            encoding = try SQLiteSession(self, options).encoding
        }
    }

    /// Opens the file at `path`; see ``SQLiteOptions``.
    package convenience init(
        path: String, access: SQLiteOptions.Access, journal: SQLiteOptions.Journal = .writeAheadLog,
        enforcesForeignKeys: Bool = true, lockBase: String? = nil
    ) throws {
        var options = SQLiteOptions(path: path, access: access)
        options.journal = journal
        options.enforcesForeignKeys = enforcesForeignKeys
        options.lockBase = lockBase
        try self.init(options)
    }

    package func close() {
        isClosed = true
        // In the middle of a result its statement is still to be stepped: forEachRow closes then.
        if openResults == 0 { handle.close() }
        locks = [:]
    }

    // MARK: Statements

    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        let pointer = try pointer()
        let statement = try SQLiteStatement(preparing: sql.text, on: self)
        try statement.bind(sql.binds)
        let changesBefore = sqlite3_total_changes64(pointer)
        while try statement.step() {}
        lastInsertedID = sqlite3_last_insert_rowid(pointer)
        // sqlite3_changes is about the last statement that wrote rows, which need not be this one.
        return sqlite3_total_changes64(pointer) == changesBefore ? 0 : Int(sqlite3_changes64(pointer))
    }

    package func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        openResults += 1
        defer {
            openResults -= 1
            if isClosed, openResults == 0 { handle.close() }
        }
        let statement = try SQLiteStatement(preparing: sql.text, on: self)
        try statement.bind(sql.binds)
        let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: statement.columnCount)
        cells.initialize(repeating: .null)
        defer { cells.deallocate() }
        // Also after an error, which a change may have caused.
        do {
            while try statement.step() {
                statement.fill(cells)
                try body(Row(cells: cells))
                if isClosed { throw closedError }
            }
        } catch let error as DatabaseError {
            try frozen?.requireUnchanged(place)
            throw error
        }
        try frozen?.requireUnchanged(place)
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
        if sqlite3_get_autocommit(try pointer()) == 0 { try insist { try execute("ROLLBACK") } }
        try insist { try refuseWrites(false) }
    }

    /// Does again what was interrupted: the interruption was for the statement before it, and nothing may be left of that.
    private func insist(_ body: () throws -> Void) throws {
        try Self.insistence.run { try body() }
    }

    private static let insistence = RetryPolicy(.attempts(1000)) { ($0 as? DatabaseError)?.kind == .interrupted }

    /// SQLite has no read-only transaction, but a connection can refuse writes for a while.
    private func refuseWrites(_ refuses: Bool) throws {
        guard refuses != isRefusingWrites else { return }
        try execute(refuses ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0")
        isRefusingWrites = refuses
    }

    package func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try SQLiteBulkInsert(on: self, table: table, columns: columns, fixed: fixed)
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

    // MARK: Locks and interruption

    package func tryLock(_ name: String) throws -> Bool {
        guard locks[name] == nil else { return true }
        locks[name] = try FileLock(name, of: options.lockBase ?? path, place: place)
        return locks[name] != nil
    }

    func lockPath(_ name: String) -> String { (options.lockBase ?? path) + "-" + name + ".lock" }

    package var connectionID: Int64 { 0 }

    package func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        // A lock of ours is released when its connection is closed.
        try tryLock(name)
    }

    package func locksAreClusterWide() -> Bool { true }

    package func unlock(_ name: String) {
        locks[name] = nil
    }

    package func interrupter() -> any Interrupter {
        handle.interrupter
    }

    // MARK: Plumbing

    /// SQLite's own handle, for a new statement.
    func pointer() throws -> OpaquePointer {
        guard !isClosed, let pointer = handle.pointer else { throw closedError }
        return pointer
    }

    private var closedError: DatabaseError {
        Self.error(code: SQLITE_MISUSE, message: "the connection is closed", place: place)
    }

    /// The error that the connection has just met.
    func error(statement: String?) -> DatabaseError {
        guard let pointer = handle.pointer else { return closedError }
        return Self.error(
            code: sqlite3_extended_errcode(pointer), systemError: sqlite3_system_errno(pointer),
            message: DisplayText(String(cString: sqlite3_errmsg(pointer))),
            statement: statement, place: place)
    }
}
