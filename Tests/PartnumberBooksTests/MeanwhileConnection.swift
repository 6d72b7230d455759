import Database

/// A connection before each of whose calls something else may happen.
final class MeanwhileConnection: Connection {
    private let inner: any Connection
    private let meanwhile: () throws -> Void

    init(_ inner: any Connection, _ meanwhile: @escaping () throws -> Void) {
        self.inner = inner
        self.meanwhile = meanwhile
    }

    var engine: Engine { inner.engine }
    var place: String { inner.place }
    var lastInsertedID: Int64 { inner.lastInsertedID }
    var connectionID: Int64 { inner.connectionID }

    func execute(_ sql: SQL) throws -> Int {
        try meanwhile()
        return try inner.execute(sql)
    }

    func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try meanwhile()
        try inner.forEachRow(sql, body)
    }

    func begin(_ mode: TransactionMode) throws {
        try meanwhile()
        try inner.begin(mode)
    }

    func commit() throws {
        try meanwhile()
        try inner.commit()
    }

    func columns(of table: String) throws -> [ColumnDescription]? {
        try meanwhile()
        return try inner.columns(of: table)
    }

    func describe(_ tables: [String]) throws -> [TableDescription] {
        try meanwhile()
        return try inner.describe(tables)
    }

    func variables(_ names: [String]) throws -> [String: String] { try inner.variables(names) }
    func rollback() throws { try inner.rollback() }
    func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try inner.bulkInsert(into: table, columns: columns, fixed: fixed)
    }
    func checkCapacity(rows: Int, bytes: Int) throws { try inner.checkCapacity(rows: rows, bytes: bytes) }
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
    func locksAreClusterWide() throws -> Bool { try inner.locksAreClusterWide() }
    func unlock(_ name: String) throws { try inner.unlock(name) }
    func interrupter() throws -> any Interrupter { try inner.interrupter() }
    func close() { inner.close() }
}
