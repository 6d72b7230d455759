import Database
import ErrorModel

/// A connection that says what is done on it: each statement by name, how many rows it had and how long it took.
///
/// No text of a statement, no value and no row is ever repeated.
final class TracedConnection: Connection {
    private let inner: any Connection
    /// Which of the run's connections it is: `write`.
    private let label: String
    private let trace: Trace
    /// Of the tasks' connection, which speaks twice a second, each statement is told of once.
    private var told: Set<String>?

    init(_ inner: any Connection, _ label: String, _ trace: Trace) {
        self.inner = inner
        self.label = label
        self.trace = trace
        told = label == "\(ConnectionPurpose.tasks)" ? [] : nil
    }

    /// Runs `work`, and says what it was.
    ///
    /// - Parameter rows: how many it had; nil where none are counted.
    fileprivate func timed<Result>(
        _ name: String, rows: (Result) -> Int? = { _ in nil }, _ work: () throws -> Result
    ) throws -> Result {
        let began = ContinuousClock.now
        do {
            let result = try work()
            if told?.insert(name).inserted == false { return result }
            let count = rows(result).map { ": \($0.counted("row"))" } ?? ""
            trace.say("\(label): \(name)\(count) in \(Trace.seconds(since: began))")
            return result
        } catch {
            let code = (error as? DatabaseError).map { " with error \($0.code)" } ?? ""
            trace.say("\(label): \(name) failed\(code) after \(Trace.seconds(since: began))")
            throw error
        }
    }

    func execute(_ sql: SQL) throws -> Int {
        try timed(StatementName.name(of: sql), rows: { $0 }) { try inner.execute(sql) }
    }

    func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        var rows = 0
        _ = try timed(StatementName.name(of: sql), rows: { $0 }) {
            try inner.forEachRow(sql) { row in
                rows += 1
                try body(row)
            }
            return rows
        }
    }

    func begin(_ mode: TransactionMode) throws {
        let name =
            switch mode {
            case .snapshot: "BEGIN, a snapshot"
            case .write: "BEGIN"
            }
        try timed(name) { try inner.begin(mode) }
    }

    func commit() throws { try timed("COMMIT") { try inner.commit() } }
    func rollback() throws { try timed("ROLLBACK") { try inner.rollback() } }

    func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        TracedBulkInsert(
            self, "INSERT " + table, try inner.bulkInsert(into: table, columns: columns, fixed: fixed))
    }

    func columns(of table: String) throws -> [ColumnDescription]? {
        try timed("look at the columns of " + table) { try inner.columns(of: table) }
    }

    func describe(_ tables: [String]) throws -> [TableDescription] {
        try timed("look at \(tables.count.counted("table"))") { try inner.describe(tables) }
    }

    func variables(_ names: [String]) throws -> [String: String] {
        try timed("look at \(names.count.counted("server variable"))") { try inner.variables(names) }
    }

    func report(on tables: [String], clock: () -> Int64) throws -> ServerStatus {
        try timed("look at the server's status") { try inner.report(on: tables, clock: clock) }
    }

    func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String] {
        try timed("look at the rights") { try inner.missingRights(needs, makesTables: makesTables) }
    }

    func checkCapacity(rows: Int, bytes: Int) throws {
        try timed("look at the limits of a transaction") { try inner.checkCapacity(rows: rows, bytes: bytes) }
    }

    func tryLock(_ name: String) throws -> Bool { try timed("take a lock") { try inner.tryLock(name) } }

    func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        try timed("take a lock") { try inner.tryLock(name, killing: connectionID) }
    }

    func unlock(_ name: String) throws { try timed("release a lock") { try inner.unlock(name) } }
    func locksAreClusterWide() throws -> Bool { try inner.locksAreClusterWide() }
    func lockHolder(_ name: String) throws -> LockHolder? { try inner.lockHolder(name) }
    var engine: Engine { inner.engine }
    var place: String { inner.place }
    var lastInsertedID: Int64 { inner.lastInsertedID }
    var connectionID: Int64 { inner.connectionID }
    func interrupter() throws -> any Interrupter { try inner.interrupter() }

    func close() {
        inner.close()
        trace.say("\(label): closed")
    }
}

/// A bulk insert on a ``TracedConnection``; of a million rows each batch is a line.
private final class TracedBulkInsert: BulkInsert {
    private let connection: TracedConnection
    private let name: String
    private let inner: any BulkInsert

    init(_ connection: TracedConnection, _ name: String, _ inner: any BulkInsert) {
        self.connection = connection
        self.name = name
        self.inner = inner
    }

    var rowsWritten: Int { inner.rowsWritten }
    var filling: any BulkBatch { inner.filling }
    func makeBatch() -> sending any BulkBatch { inner.makeBatch() }

    func send(_ batch: any BulkBatch) throws {
        let rows = batch.rows
        _ = try connection.timed(name, rows: { $0 }) {
            try inner.send(batch)
            return rows
        }
    }
}
