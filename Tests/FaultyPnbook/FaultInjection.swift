import Database
import Foundation
import Synchronization

/// Makes the n-th database call of this process fail, or kills the
/// process there.
///
/// `PNBOOK_FAULT=error:17` fails the 17th call, `lost:17` breaks its connection, `kill:17` is `kill -9` before it,
/// `stop:17` is SIGSTOP.
/// `PNBOOK_FAULT_COUNT=FILE` writes down how many calls there were.
enum FaultInjection {
    private static let calls = Mutex(0)
    private static let plan: (what: String, at: Int)? = {
        let parts = ProcessInfo.processInfo.environment["PNBOOK_FAULT"]?.split(separator: ":") ?? []
        guard parts.count == 2, let number = Int(parts[1]) else { return nil }
        return (String(parts[0]), number)
    }()
    private static let countFile = ProcessInfo.processInfo.environment["PNBOOK_FAULT_COUNT"]

    @Sendable static func wrapping(_ connection: any Connection) -> any Connection {
        plan == nil && countFile == nil ? connection : FaultyConnection(connection)
    }

    /// Counts one call; fails if it is the one.
    static func pass(_ connection: any Connection) throws {
        let number = calls.withLock { calls in
            calls += 1
            return calls
        }
        if let countFile { try? String(number).write(toFile: countFile, atomically: false, encoding: .utf8) }
        guard let plan, plan.at == number else { return }
        switch plan.what {
        case "kill": kill(getpid(), SIGKILL)
        case "stop": kill(getpid(), SIGSTOP)
        case "lost":
            connection.close()
            throw failure(.connectionLost, connection)
        default: throw failure(.other, connection)
        }
    }

    private static func failure(_ kind: DatabaseError.Kind, _ connection: any Connection) -> DatabaseError {
        DatabaseError(
            kind: kind, engine: connection.engine, code: -1, message: "injected fault", place: connection.place)
    }
}

/// A connection each of whose calls may be the one that fails.
private final class FaultyConnection: Connection {
    private let inner: any Connection

    init(_ inner: any Connection) {
        self.inner = inner
    }

    var engine: Engine { inner.engine }
    var place: String { inner.place }
    var lastInsertedID: Int64 { inner.lastInsertedID }

    private func pass() throws {
        try FaultInjection.pass(inner)
    }

    func execute(_ sql: SQL) throws -> Int {
        try pass()
        return try inner.execute(sql)
    }

    func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try pass()
        try inner.forEachRow(sql, body)
    }

    func begin(_ mode: TransactionMode) throws {
        try pass()
        try inner.begin(mode)
    }

    func commit() throws {
        try pass()
        try inner.commit()
    }

    func rollback() throws {
        try pass()
        try inner.rollback()
    }

    func bulkInsert(into table: String, columns: [String], fixed: [FixedColumn]) throws -> any BulkInsert {
        try pass()
        return FaultyBulkInsert(
            connection: inner, inner: try inner.bulkInsert(into: table, columns: columns, fixed: fixed))
    }

    func columns(of table: String) throws -> [ColumnDescription]? {
        try pass()
        return try inner.columns(of: table)
    }

    func describe(_ tables: [String]) throws -> [TableDescription] {
        try pass()
        return try inner.describe(tables)
    }

    func variables(_ names: [String]) throws -> [String: String] {
        try pass()
        return try inner.variables(names)
    }

    func checkCapacity(rows: Int, bytes: Int) throws {
        try pass()
        try inner.checkCapacity(rows: rows, bytes: bytes)
    }

    func report(on tables: [String], clock: () -> Int64) throws -> ServerStatus {
        try inner.report(on: tables, clock: clock)
    }

    func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String] {
        try inner.missingRights(needs, makesTables: makesTables)
    }

    func tryLock(_ name: String) throws -> Bool {
        try pass()
        return try inner.tryLock(name)
    }

    func tryLock(_ name: String, killing connectionID: Int64) throws -> Bool {
        try pass()
        return try inner.tryLock(name, killing: connectionID)
    }

    var connectionID: Int64 { inner.connectionID }
    func locksAreClusterWide() throws -> Bool { try inner.locksAreClusterWide() }
    func unlock(_ name: String) throws { try inner.unlock(name) }
    func interrupter() throws -> any Interrupter { try inner.interrupter() }
    func close() { inner.close() }
}

private final class FaultyBulkInsert: BulkInsert {
    private let connection: any Connection
    private let inner: any BulkInsert

    init(connection: any Connection, inner: any BulkInsert) {
        self.connection = connection
        self.inner = inner
    }

    var rowsWritten: Int { inner.rowsWritten }

    var filling: any BulkBatch { inner.filling }
    func makeBatch() -> sending any BulkBatch { inner.makeBatch() }

    func send(_ batch: any BulkBatch) throws {
        try FaultInjection.pass(connection)
        try inner.send(batch)
    }
}
