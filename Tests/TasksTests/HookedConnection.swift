import Database

/// A connection through which a test breaks, holds up or belies another one.
final class HookedConnection: Connection {
    private let inner: any Connection
    /// Called before each statement that changes something; what it throws, the statement fails with.
    var before: (_ statement: String) throws -> Void = { _ in }
    /// Called after each statement that changes something: what it throws is an answer lost on the way.
    var after: (_ statement: String) throws -> Void = { _ in }
    /// Called before each query; what it throws, the query fails with.
    var reading: () throws -> Void = {}
    /// Nil for what the engine says.
    var isDecisive: Bool?
    /// Nil for what the engine says.
    var number: Int64?

    init(_ inner: any Connection) {
        self.inner = inner
    }

    var engine: Engine { inner.engine }
    var place: String { inner.place }
    var lastInsertedID: Int64 { inner.lastInsertedID }
    var connectionID: Int64 { number ?? inner.connectionID }

    func execute(_ sql: SQL) throws -> Int {
        try before(sql.text)
        let written = try inner.execute(sql)
        try after(sql.text)
        return written
    }

    func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try reading()
        try inner.forEachRow(sql, body)
    }
    func begin(_ mode: TransactionMode) throws { try inner.begin(mode) }
    func commit() throws { try inner.commit() }
    func rollback() throws {
        try before("ROLLBACK")
        try inner.rollback()
    }
    func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try inner.bulkInsert(into: table, columns: columns, fixed: fixed)
    }
    func checkCapacity(rows: Int, bytes: Int) throws { try inner.checkCapacity(rows: rows, bytes: bytes) }
    func columns(of table: String) throws -> [ColumnDescription]? { try inner.columns(of: table) }
    func describe(_ tables: [String]) throws -> [TableDescription] { try inner.describe(tables) }
    func variables(_ names: [String]) throws -> [String: String] { try inner.variables(names) }
    func report(on tables: [String], clock: () -> Int64) throws -> ServerStatus {
        try inner.report(on: tables, clock: clock)
    }

    func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String] {
        try inner.missingRights(needs, makesTables: makesTables)
    }

    func tryLock(_ name: String) throws -> Bool { try inner.tryLock(name) }
    func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        try inner.tryLock(name, killing: connectionID)
    }
    func locksAreClusterWide() throws -> Bool { try isDecisive ?? inner.locksAreClusterWide() }
    func unlock(_ name: String) throws { try inner.unlock(name) }
    func interrupter() throws -> any Interrupter { try inner.interrupter() }
    func close() { inner.close() }
}
