package import Database

/// A connection that passes everything on to another one, and lets a test do something before and after each call: break
/// it, count it, hold it up, or change the database meanwhile.
package final class ForwardingConnection: Connection {
    private let inner: any Connection
    /// Called before each call is passed on; what it throws, the call fails with.
    package var before: (ConnectionCall) throws -> Void
    /// Called after each call has succeeded; what it throws is an answer lost on the way.
    package var after: (ConnectionCall) throws -> Void = { _ in }
    /// In place of the connection's number; nil for its own.
    package var connectionIDOverride: Int64?
    /// In place of what the engine says of its locks; nil for that.
    package var locksAreClusterWideOverride: Bool?

    /// - Parameter before: see ``before``.
    package init(_ inner: any Connection, before: @escaping (ConnectionCall) throws -> Void = { _ in }) {
        self.inner = inner
        self.before = before
    }

    fileprivate func pass<Result>(_ call: ConnectionCall, _ body: () throws -> Result) throws -> Result {
        try before(call)
        let result = try body()
        try after(call)
        return result
    }

    // MARK: What the engine is asked

    package func execute(_ sql: SQL) throws -> Int {
        try pass(.execute(sql)) { try inner.execute(sql) }
    }

    package func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try pass(.forEachRow(sql)) { try inner.forEachRow(sql, body) }
    }

    package func begin(_ mode: TransactionMode) throws {
        try pass(.begin(mode)) { try inner.begin(mode) }
    }

    package func commit() throws {
        try pass(.commit) { try inner.commit() }
    }

    package func rollback() throws {
        try pass(.rollback) { try inner.rollback() }
    }

    package func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try pass(.bulkInsert(table: table)) {
            ForwardingBulkInsert(self, try inner.bulkInsert(into: table, columns: columns, fixed: fixed))
        }
    }

    package func checkCapacity(rows: Int, bytes: Int) throws {
        try pass(.checkCapacity) { try inner.checkCapacity(rows: rows, bytes: bytes) }
    }

    package func columns(of table: String) throws -> [ColumnDescription]? {
        try pass(.columns(table: table)) { try inner.columns(of: table) }
    }

    package func describe(_ tables: [String]) throws -> [TableDescription] {
        try pass(.describe(tables)) { try inner.describe(tables) }
    }

    package func variables(_ names: [String]) throws -> [String: String] {
        try pass(.variables(names)) { try inner.variables(names) }
    }

    package func report(on tables: [String], clock: () -> Int64) throws -> ServerStatus {
        try pass(.report) { try inner.report(on: tables, clock: clock) }
    }

    package func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String] {
        try pass(.missingRights) { try inner.missingRights(needs, makesTables: makesTables) }
    }

    package func tryLock(_ name: String) throws -> Bool {
        try pass(.tryLock(name)) { try inner.tryLock(name) }
    }

    package func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        try pass(.tryLock(name)) { try inner.tryLock(name, killing: connectionID) }
    }

    package func unlock(_ name: String) throws {
        try pass(.unlock(name)) { try inner.unlock(name) }
    }

    package func locksAreClusterWide() throws -> Bool {
        try pass(.locksAreClusterWide) { try locksAreClusterWideOverride ?? inner.locksAreClusterWide() }
    }

    // MARK: What is known without asking

    package func lockHolder(_ name: String) throws -> LockHolder? { try inner.lockHolder(name) }

    package var engine: Engine { inner.engine }
    package var place: String { inner.place }
    package var lastInsertedID: Int64 { inner.lastInsertedID }
    package var connectionID: Int64 { connectionIDOverride ?? inner.connectionID }
    package func interrupter() throws -> any Interrupter { try inner.interrupter() }
    package func close() { inner.close() }
}

/// A bulk insert on a ``ForwardingConnection``.
private final class ForwardingBulkInsert: BulkInsert {
    private let connection: ForwardingConnection
    private let inner: any BulkInsert

    init(_ connection: ForwardingConnection, _ inner: any BulkInsert) {
        self.connection = connection
        self.inner = inner
    }

    var rowsWritten: Int { inner.rowsWritten }
    var filling: any BulkBatch { inner.filling }
    func makeBatch() -> sending any BulkBatch { inner.makeBatch() }

    func send(_ batch: any BulkBatch) throws {
        try connection.pass(.send) { try inner.send(batch) }
    }
}
