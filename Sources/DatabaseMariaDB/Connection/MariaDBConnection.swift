import CMariaDB
package import Database

/// The seam over libmariadb (Connector/C), blocking.
package final class MariaDBConnection: Connection {
    package let engine = Engine.mariadb
    package let options: MariaDBOptions
    package var place: String { options.location.description }
    package private(set) var lastInsertedID: Int64 = 0
    private let handle: MariaDBHandle

    package let connectionID: Int64

    /// The largest packet the server takes, in bytes.
    package private(set) var maximumPacket = 1 << 20
    /// The value of the server's `read_only` when the connection was opened.
    private(set) var readOnly = ""
    /// Whether the server's binary log holds statements, not rows.
    private(set) var isLoggedByStatement = false
    private(set) var isInTransaction = false
    private var isStreaming = false
    private var isClosed = false

    /// Connects and sets the session: what later statements rely on does not depend on the server's configuration.
    ///
    /// - Throws: `DatabaseError`.
    package init(_ options: MariaDBOptions) throws {
        self.options = options
        handle = try MariaDBHandle(options)
        connectionID = handle.session
        let version = try MariaDBServer.requireSupported(try pointer(), place: options.location.description)
        let settings = try MariaDBSession(self, options, version: version)
        maximumPacket = settings.maximumPacket
        readOnly = settings.readOnly
        isLoggedByStatement = settings.isLoggedByStatement
    }

    package func close() {
        isClosed = true
        // In the middle of a result the client library would read on in memory that is gone: forEachRow closes then.
        if !isStreaming { handle.close() }
    }

    // MARK: Statements

    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        guard sql.binds.isEmpty else {
            let statement = try MariaDBStatement(executing: sql, on: self)
            if statement.hasResult {
                // Read to the end: a row that is waited for in vain, say, is known only there.
                let result = try MariaDBResult(statement)
                while try result.fetch() {}
                return 0
            }
            keep(insertedID: statement.lastInsertedID)
            return statement.affectedRows
        }
        // Without binds as plain text: some statements (START TRANSACTION …) cannot be prepared on every line.
        let pointer = try pointer()
        let failed = sql.text.withCString { mysql_real_query(pointer, $0, UInt(sql.text.utf8.count)) }
        if failed != 0 { throw error(statement: sql.text) }
        if let result = mysql_store_result(pointer) {
            mysql_free_result(result)
            return 0
        } else if mysql_errno(pointer) != 0 {
            throw error(statement: sql.text)
        }
        keep(insertedID: Int64(clamping: mysql_insert_id(pointer)))
        return Int(truncatingIfNeeded: mysql_affected_rows(pointer))
    }

    package func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let statement = try MariaDBStatement(executing: sql, on: self)
        let result = try MariaDBResult(statement)
        isStreaming = true
        defer {
            isStreaming = false
            if isClosed { handle.close() }
        }
        while try result.fetch() {
            try body(Row(cells: result.cells))
            if isClosed { throw closedError }
        }
    }

    /// All rows of a small result, as text; NULL is nil. One round trip, and nothing that a session's settings change.
    func textRows(_ sql: SQL) throws -> [[String?]] {
        guard let rows = Self.textRows(sql.text, try pointer()) else { throw error(statement: sql.text) }
        return rows
    }

    /// The same on a handle that need be no connection of ours; nil where the statement fails.
    static func textRows(_ statement: String, _ pointer: UnsafeMutablePointer<MYSQL>) -> [[String?]]? {
        guard mysql_real_query(pointer, statement, UInt(statement.utf8.count)) == 0,
            let result = mysql_store_result(pointer)
        else { return nil }
        defer { mysql_free_result(result) }
        let columns = Int(mysql_num_fields(result))
        var rows: [[String?]] = []
        while let row = mysql_fetch_row(result) {
            rows.append((0..<columns).map { column in row[column].map { String(cString: $0) } })
        }
        return rows
    }

    package func begin(_ mode: TransactionMode) throws {
        // The server would silently commit the open one.
        guard !isInTransaction else {
            throw Self.error(
                code: 1568, message: "a transaction is open already", statement: "START TRANSACTION", place: place)
        }
        switch mode {
        case .snapshot:
            // Only REPEATABLE READ honours the snapshot; READ ONLY makes writing inside it an error (1792).
            try execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            try execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
        case .write:
            // The session's own isolation is for writing, see MariaDBSession.
            try execute("START TRANSACTION READ WRITE")
        }
        isInTransaction = true
    }

    package func commit() throws {
        try execute("COMMIT")
        isInTransaction = false
    }

    package func rollback() throws {
        guard isInTransaction else { return }
        try execute("ROLLBACK")
        isInTransaction = false
    }

    package func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try MariaDBBulkInsert(on: self, table: table, columns: columns, fixed: fixed)
    }

    package func columns(of table: String) throws -> [ColumnDescription]? {
        let columns = try rows(
            """
            SELECT column_name, column_type, data_type, character_maximum_length, is_nullable, extra
            FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = \(table)
            ORDER BY ordinal_position
            """
        ) { row in
            ColumnDescription(
                name: row.text(0) ?? "", declaredType: row.text(1) ?? "",
                kind: Self.kind(of: row.text(2) ?? "", limit: row.integer(3)),
                isNullable: row.text(4) == "YES", isGenerated: (row.text(5) ?? "").contains("GENERATED"))
        }
        guard columns.isEmpty else { return columns }
        // information_schema hides what the user may not see: only 1146 proves that the table is absent.
        do {
            _ = try count("SELECT 1 FROM \(identifier: table) LIMIT 0")
            return []
        } catch let error as DatabaseError where error.kind == .missingTable {
            return nil
        }
    }

    static func kind(of dataType: String, limit: Int64?) -> ColumnDescription.Kind {
        switch dataType.lowercased() {
        case "tinyint", "smallint", "mediumint", "int", "bigint", "bit", "boolean": .integer
        case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum":
            .text(limit: limit.map { Int($0) })
        case "datetime", "timestamp": .dateTime
        case "decimal", "float", "double": .number
        default: .other
        }
    }

    /// Refuses a server that is switched to read-only, before anything is written.
    ///
    /// Checked here and not left to the server, which lets an administrator's account write all the same. The variable is a
    /// number on some lines and a word on others.
    ///
    /// - Throws: `DatabaseError` of kind `readOnly`.
    package func requireWritable() throws {
        guard ["0", "OFF", ""].contains(readOnly.uppercased()) else {
            throw DatabaseError(
                kind: .readOnly, engine: .mariadb, code: 1290,
                message: "the server is switched to read-only (read_only=\(readOnly))",
                place: place)
        }
    }

    // MARK: Locks and interruption

    package func tryLock(_ name: String) throws -> Bool {
        try tryLock(name, patience: 0)
    }

    private func tryLock(_ name: String, patience: Int) throws -> Bool {
        // Lock names are the whole server's, so the schema is part of ours, and short: at most 64 characters.
        try first(
            "SELECT GET_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':', \(name)), \(raw: String(patience)))"
        ) { $0.integer(0) == 1 } ?? false
    }

    package func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        if try tryLock(name) { return true }
        let holder = try first("SELECT IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':', \(name)))") {
            $0.integer(0)
        }
        guard holder == connectionID else { return false }
        do {
            try execute("KILL CONNECTION \(raw: String(connectionID))")
        } catch let error as DatabaseError where error.code == 1094 {
            // It has just ended by itself.
        }
        return try tryLock(name, patience: Self.endingPatience)
    }

    /// Seconds that the server takes at most to end a session that does nothing.
    private static let endingPatience = 5

    package func locksAreClusterWide() throws -> Bool {
        // The variable is there only where the server was built with Galera.
        let isClustered = try first("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'") { $0.text(1) == "ON" } ?? false
        return !isClustered
    }

    package func unlock(_ name: String) throws {
        _ = try first("SELECT RELEASE_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':', \(name)))") { $0.integer(0) }
    }

    package func interrupter() throws -> any Interrupter {
        MariaDBInterrupter(options: options, connectionID: connectionID)
    }

    // MARK: Plumbing

    /// The server answers 0 to every statement that made no key.
    private func keep(insertedID: Int64) {
        if insertedID != 0 { lastInsertedID = insertedID }
    }

    /// The client library's handle, for a new statement.
    func pointer() throws -> UnsafeMutablePointer<MYSQL> {
        guard !isClosed, let pointer = handle.pointer else { throw closedError }
        // The client library refuses a second statement as well, but closing that one eats the first one's rows.
        guard !isStreaming else {
            throw DatabaseError(
                kind: .misuse, engine: .mariadb, code: 2014,
                message: "a statement while another one's rows are still coming", place: place)
        }
        return pointer
    }

    private var closedError: DatabaseError {
        DatabaseError(kind: .misuse, engine: .mariadb, code: 0, message: "the connection is closed", place: place)
    }

    /// The error that the connection has just met.
    func error(statement: String?) -> DatabaseError {
        guard let pointer = handle.pointer else {
            return Self.error(code: 2006, message: "the connection is closed", statement: statement, place: place)
        }
        return explained(
            Self.error(
                code: Int(mysql_errno(pointer)), message: String(cString: mysql_error(pointer)), statement: statement,
                place: place))
    }
}

/// Stops a statement by KILL QUERY on a connection of its own: the busy one takes no commands.
private struct MariaDBInterrupter: Interrupter {
    let options: MariaDBOptions
    let connectionID: Int64

    func interrupt() throws {
        var options = options
        options.connectTimeout = 3
        let connection = try MariaDBConnection(options)
        defer { connection.close() }
        try connection.execute("KILL QUERY \(raw: String(connectionID))")
    }
}
