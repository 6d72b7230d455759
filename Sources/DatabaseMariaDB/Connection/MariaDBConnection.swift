import CMariaDB
package import Database
import ErrorModel

/// The seam over libmariadb (Connector/C), blocking.
package final class MariaDBConnection: Connection {
    package let engine = Engine.mariadb
    package let options: MariaDBOptions
    package var place: String { options.location.description }
    package private(set) var lastInsertedID: Int64 = 0
    private let handle: MariaDBHandle

    package let connectionID: Int64
    /// The name of a lock that this session alone holds: session numbers are each server's own, and behind one name there may be
    /// several servers.
    let mark = "pnbook-session:\(UInt64.random(in: 0 ... .max))"

    /// The largest packet the server takes, in bytes.
    package private(set) var maximumPacket = 1 << 20
    /// The value of the server's `read_only` when the connection was opened.
    private(set) var readOnly = ""
    /// Whether the server's binary log holds statements, not rows.
    private(set) var isLoggedByStatement = false
    /// Whether the server may be a node of a cluster, whose statements wait until it knows what other nodes have committed.
    var mayWaitForNodes = false
    private(set) var isInTransaction = false
    private var isStreaming = false
    private var isClosed = false
    /// Whether a result that did not end has been given up, with the connection.
    private var isCut = false

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
        try options.demands.check(self)
        handle.finishOpening()
    }

    package func close() {
        isClosed = true
        // In the middle of a result the client library would read on in memory that is gone: forEachRow closes then.
        if !isStreaming { handle.close() }
    }

    // MARK: Statements

    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        try sendingAgain { _ in try executeOnce(sql) }
    }

    @discardableResult
    private func executeOnce(_ sql: SQL) throws -> Int {
        guard sql.binds.isEmpty else {
            let statement = try MariaDBStatement(executing: sql, on: self)
            if statement.hasResult {
                // Read to the end: a row that is waited for in vain, say, is known only there.
                try readToEnd(try MariaDBResult(statement), sql.text)
                return 0
            }
            keep(insertedID: statement.lastInsertedID)
            return statement.affectedRows
        }
        // Without binds as plain text: some statements (START TRANSACTION …) cannot be prepared on every line.
        let pointer = try pointer()
        guard try handle.query(sql.text) else { throw error(statement: sql.text) }
        if let result = try handle.result() {
            mysql_free_result(result)
            return 0
        } else if mysql_errno(pointer) != 0 {
            throw error(statement: sql.text)
        }
        keep(insertedID: Int64(clamping: mysql_insert_id(pointer)))
        return Int(truncatingIfNeeded: mysql_affected_rows(pointer))
    }

    package func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try sendingAgain { hasDelivered in
            try forEachRowOnce(sql) { row in
                hasDelivered = true
                try body(row)
            }
        }
    }

    private func forEachRowOnce(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let statement = try MariaDBStatement(executing: sql, on: self)
        let result = try MariaDBResult(statement)
        isStreaming = true
        defer {
            isStreaming = false
            if isClosed { handle.close() }
        }
        var isColumnMissing = false
        try withUnsafeMutablePointer(to: &isColumnMissing) { isColumnMissing in
            while try result.fetch() {
                do {
                    try body(Row(cells: result.cells, isColumnMissing: isColumnMissing))
                } catch {
                    passOver(result)
                    throw isColumnMissing.pointee ? fewerColumns(sql) : error
                }
                if isClosed || isColumnMissing.pointee {
                    passOver(result)
                    throw isClosed ? closedError : fewerColumns(sql)
                }
            }
        }
    }

    private func fewerColumns(_ sql: SQL) -> DatabaseError {
        WireFault.malformed("fewer columns than were asked for").error(statement: sql.text, place: place)
    }

    // MARK: Results without an end

    /// How long the rest of a result is read that is of no use any more.
    private static let passingOver = Duration.seconds(2)

    /// Reads on to the end of a result, for the connection to be of use again; where that does not end, cuts it off.
    private func passOver(_ result: MariaDBResult) {
        let deadline = ContinuousClock.now + Self.passingOver
        while (try? result.skip()) == true {
            if ContinuousClock.now >= deadline { cut() }
        }
    }

    private func cut() {
        handle.inspector.cut()
        isCut = true
    }

    /// Rows of a result of which none is looked at, at most.
    private static let droppedRows = 1 << 20

    private func readToEnd(_ result: MariaDBResult, _ statement: String) throws {
        var rows = 0
        while try result.skip() {
            rows += 1
            guard rows > Self.droppedRows else { continue }
            cut()
            throw WireFault.malformed("a result of more than \(Self.droppedRows) rows").error(
                statement: statement, place: place)
        }
    }

    /// All rows of a small result, as text; NULL is nil. One round trip, and nothing that a session's settings change.
    func textRows(_ sql: SQL) throws -> [[String?]] {
        _ = try pointer()
        return try sendingAgain { _ in
            guard let rows = try handle.textRows(sql.text) else { throw error(statement: sql.text) }
            return rows
        }
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
            // Each once: the first is for the next transaction alone, also for one that does not begin.
            try executeOnce("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            try executeOnce("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
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
        // The server undoes it: we have left.
        if !isCut { try execute("ROLLBACK") }
        isInTransaction = false
    }

    package func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try MariaDBBulkInsert(on: self, table: table, columns: columns, fixed: fixed)
    }

    /// Refuses a server that is switched to read-only, before anything is written.
    ///
    /// Checked here and not left to the server, which lets an administrator's account write all the same. The variable is a
    /// number on some lines and a word on others.
    ///
    /// - Throws: `DatabaseError` of kind `readOnly`.
    package func requireWritable() throws {
        if isReadOnly {
            throw DatabaseError(
                kind: .readOnly, engine: .mariadb, code: 1290,
                message: "the server is switched to read-only (read_only=\(readOnly))",
                place: place)
        }
    }

    // MARK: Plumbing

    package func interrupter() throws -> any Interrupter {
        MariaDBInterrupter(
            options: options, mark: mark, link: SocketLink(try pointer()), inspector: handle.inspector)
    }

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

    /// The handle, while no rows are coming.
    func idleHandle() throws -> MariaDBHandle {
        _ = try pointer()
        return handle
    }

    /// Lets the server answer with anything but rows.
    ///
    /// - Parameter marks: of a statement that is prepared.
    func allowAnswer(marks: Int = 0) {
        handle.inspector.allow(WireInspector.largestAnswer)
        handle.inspector.expect(marks: marks)
    }

    /// Lets the server send the next row.
    func allowRow() { handle.inspector.allow(WireInspector.largestPacket + WireInspector.largestAnswer) }

    /// Why the server's answer was not taken; nil where it was.
    func refusal(of statement: String?) -> DatabaseError? {
        handle.inspector.fault?.error(statement: statement, place: place)
    }

    private var closedError: DatabaseError {
        DatabaseError(kind: .misuse, engine: .mariadb, code: 0, message: "the connection is closed", place: place)
    }

    /// The error that the connection has just met.
    func error(statement: String?) -> DatabaseError {
        guard let pointer = handle.pointer else {
            return Self.error(code: 2006, message: "the connection is closed", statement: statement, place: place)
        }
        if let refusal = refusal(of: statement) { return refusal }
        guard mysql_errno(pointer) != 0 else {
            return WireFault.malformed("no result where there must be one").error(statement: statement, place: place)
        }
        return explained(
            Self.error(
                code: Int(mysql_errno(pointer)), message: String(cString: mysql_error(pointer)), statement: statement,
                place: place))
    }
}
