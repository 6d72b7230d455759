/// The two engines.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case mariadb
}

/// What a transaction is for.
package enum TransactionMode: Sendable {
    /// Read-only, and everything read in it is of one instant: that of ``Connection/begin(_:)``.
    case snapshot
    /// Writes, kept or undone together. SQLite takes its one writer's place at once.
    case write
}

/// One connection to one database: the seam between the program and its two engines.
///
/// The seam is internal and free to change. It knows statements, rows and transactions; nothing of books or tasks.
///
/// A connection belongs to one thread at a time and does one thing at a time: while ``forEachRow(_:_:)`` runs, no other
/// statement may start on it (MariaDB answers 2014). Every call blocks its thread; none is made on Swift's cooperative
/// threads. Nothing reconnects by itself: after an error of kind ``DatabaseError/Kind/connectionLost`` the connection
/// is unusable, and its transaction is lost.
///
/// Promises that each engine keeps, tested on both:
/// - results are streamed: a result larger than memory passes through;
/// - text is UTF-8, handed over byte for byte, with no trimming and no folding;
/// - errors are ``DatabaseError`` with the engine's own code;
/// - ``close()`` and losing the last reference undo an open transaction.
package protocol Connection: AnyObject {
    var engine: Engine { get }

    /// The database as messages name it, without secrets.
    var place: String { get }

    /// Runs one statement and returns the rows it matched or wrote. Rows it yields are dropped.
    @discardableResult
    func execute(_ sql: SQL) throws -> Int

    /// The key the last INSERT on this connection was given by the engine.
    var lastInsertedID: Int64 { get }

    /// Runs a query and hands over its rows one by one. The row is valid inside `body` only.
    ///
    /// An error thrown by `body` ends the query and is passed on.
    func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws

    /// Starts a transaction; none may be open.
    func begin(_ mode: TransactionMode) throws
    func commit() throws

    /// Undoes the open transaction. Without one it does nothing.
    func rollback() throws

    /// Prepares an insert of many rows into `table`, in batches the engine likes.
    ///
    /// - Parameter fixed: further columns that have the same value in every row.
    func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert

    /// Makes sure that one transaction may insert `rows` rows whose values have `bytes` bytes in all, before it is begun.
    ///
    /// - Throws: ``DatabaseError`` of kind `full`, which names the limit. Without an error a
    ///   transaction may still meet other limits.
    func checkCapacity(rows: Int, bytes: Int) throws

    /// The columns of `table`, or nil where no such table exists.
    ///
    /// - Throws: ``DatabaseError`` of kind `missingRight`, rather than returning nil, if the table exists but this user may
    ///   not read it.
    func columns(of table: String) throws -> [ColumnDescription]?

    /// Describes those of `tables` that exist, in one query; the others are omitted. Changes nothing.
    ///
    /// - Throws: ``DatabaseError``; kind `missingRight` for one that exists but that this user may not read.
    func describe(_ tables: [String]) throws -> [TableDescription]

    /// The values of those of the named server variables that exist, by name; empty on SQLite.
    func variables(_ names: [String]) throws -> [String: String]

    /// The status of the server, and of those of `tables` that exist, for diagnostics. Changes nothing.
    ///
    /// - Parameter clock: ours, in milliseconds since the Unix epoch.
    func report(on tables: [String], clock: () -> Int64) throws -> ServerStatus

    /// The missing ones of the needed rights, each as the statement or command that gives it. Changes nothing.
    ///
    /// - Parameter makesTables: whether tables must be created and altered as well.
    func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String]

    /// Takes an advisory lock without waiting; false where another connection holds it.
    ///
    /// The lock ends with this connection and with its process, however they end: its holder is alive. On
    /// MariaDB it is the server's (`GET_LOCK`, local to one node of a cluster), on SQLite the operating system's (`flock`).
    func tryLock(_ name: String) throws -> Bool

    /// Takes an advisory lock like ``tryLock(_:)``; kills the connection `connectionID` first if that still holds it.
    ///
    /// - Parameter connectionID: an earlier connection's ``connectionID`` to the same database, broken on this side, which
    ///   the server may not have noticed yet.
    func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool

    /// The server's number of this connection; 0 on SQLite.
    var connectionID: Int64 { get }

    /// Whether taking a lock proves that no other connection holds it: false on a Galera cluster, where each node has locks of
    /// its own.
    func locksAreClusterWide() throws -> Bool

    /// Releases a lock taken with ``tryLock(_:)``.
    func unlock(_ name: String) throws

    /// An object that stops this connection's running statement from another thread.
    func interrupter() throws -> any Interrupter

    /// Closes; further calls are errors. Closing twice is allowed.
    func close()
}

/// Stops the statement that a connection is running, from any thread; without one it does nothing.
package protocol Interrupter: Sendable {
    /// The stopped statement fails with an error of kind ``DatabaseError/Kind/interrupted``.
    func interrupt() throws
}

/// A column of a bulk insert with one value for all rows.
package struct FixedColumn: Sendable {
    package let name: String
    package let value: Int64
    /// The table in which the value is the key of a row that the open transaction has inserted itself, so that it
    /// need not be looked up; nil where that is not known.
    package let referencedTable: String?

    package init(_ name: String, _ value: Int64, referencedTable: String? = nil) {
        self.name = name
        self.value = value
        self.referencedTable = referencedTable
    }
}

/// A bulk insert under way.
///
/// Rows are buffered: an error may be about a row appended earlier. ``rowsWritten`` says how far the engine got.
package protocol BulkInsert: AnyObject {
    /// Makes an empty batch, which another thread may fill while this one sends others.
    func makeBatch() -> sending any BulkBatch

    /// Inserts the rows of a batch that ``makeBatch()`` made, and empties it. After an error the batch is unchanged.
    func send(_ batch: any BulkBatch) throws

    /// The batch that ``append(_:)`` fills.
    var filling: any BulkBatch { get }

    /// Rows the engine has confirmed.
    var rowsWritten: Int { get }
}

/// Rows in memory as the engine wants them. Not tied to a connection: any one thread at a time may fill it.
package protocol BulkBatch: AnyObject {
    /// The number of rows in the batch.
    var rows: Int { get }

    /// Copies one row, with a cell for each column in order; false where the batch is full. An empty batch takes any row.
    ///
    /// - Throws: ``DatabaseError`` for a row that the engine would not take.
    func append(_ row: UnsafeBufferPointer<Cell>) throws -> Bool
}

extension BulkInsert {
    /// Copies one row, with a cell for each column in order, and sends when a batch is full.
    package func append(_ row: UnsafeBufferPointer<Cell>) throws {
        if try filling.append(row) { return }
        try send(filling)
        _ = try filling.append(row)
    }

    /// Sends what is still buffered.
    package func flush() throws {
        if filling.rows > 0 { try send(filling) }
    }
}

/// A column as it is in the database.
package struct ColumnDescription: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case integer
        /// Characters at most; nil for no limit worth naming.
        case text(limit: Int?)
        case dateTime
        case number
        case other
    }

    package var name: String
    /// The type in the engine's own words: `varchar(255)`.
    package var declaredType: String
    package var kind: Kind
    package var isNullable: Bool
    package var isGenerated: Bool

    package init(name: String, declaredType: String, kind: Kind, isNullable: Bool, isGenerated: Bool) {
        self.name = name
        self.declaredType = declaredType
        self.kind = kind
        self.isNullable = isNullable
        self.isGenerated = isGenerated
    }
}

extension Connection {
    package func bulkInsert(into table: String, columns: [String]) throws -> any BulkInsert {
        try bulkInsert(into: table, columns: columns, fixed: [])
    }

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// When the rollback fails too, the thrown ``TransactionError`` has both errors.
    package func transaction<Result>(_ mode: TransactionMode, _ body: () throws -> Result) throws -> Result {
        try begin(mode)
        let result: Result
        do {
            result = try body()
            try commit()
        } catch {
            try rollback(after: error)
            throw error
        }
        return result
    }

    /// Undoes the open transaction because of `error`.
    ///
    /// - Throws: ``TransactionError`` with both errors when undoing fails too; but not on a lost connection, whose
    ///   transaction is undone without us.
    package func rollback(after error: any Error) throws {
        if let error = error as? DatabaseError, error.kind == .connectionLost { return }
        do {
            try rollback()
        } catch let rollbackError {
            throw TransactionError(cause: error, rollback: rollbackError)
        }
    }

    /// Whether `table` exists: a table or a view.
    ///
    /// - Throws: ``DatabaseError``; kind `missingRight` for one that exists but that this user may not read.
    package func hasTable(_ table: String) throws -> Bool { try columns(of: table) != nil }

    /// All rows of a small result.
    package func rows<Element>(_ sql: SQL, _ transform: (Row) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        try forEachRow(sql) { elements.append(try transform($0)) }
        return elements
    }

    /// The first row of a small result, or nil.
    package func first<Element>(_ sql: SQL, _ transform: (Row) throws -> Element) throws -> Element? {
        try rows(sql, transform).first
    }

    /// What `body` returns, or `absent` where `table` does not exist, as the statement itself finds out.
    package func ifPresent<Result>(_ table: String, else absent: Result, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError where error.kind == .missingTable && error.message.contains(table) {
            return absent
        }
    }

    /// Makes sure that `table` has no such column: the server hides a column that this account may not read.
    ///
    /// - Throws: ``DatabaseError``; kind `missingRight` for a column that exists.
    package func proveAbsence(ofColumn column: String, in table: String) throws {
        do {
            try execute("SELECT \(identifier: column) FROM \(identifier: table) LIMIT 0")
        } catch let error as DatabaseError where error.kind == .missingColumn {
            return
        }
    }

    /// The whole number that a query of one row and one column yields; zero for NULL.
    package func count(_ sql: SQL) throws -> Int {
        try first(sql) { Int($0.integer(0) ?? 0) } ?? 0
    }
}
