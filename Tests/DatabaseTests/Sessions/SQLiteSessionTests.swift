import Database
import DatabaseSQLite
import ErrorModel
import Foundation
import Harness
import TestSupport
import Testing

/// How a SQLite connection is set, whatever the file was before.
@Suite("SQLite sessions")
struct SQLiteSessionTests {
    private static func settings(_ connection: any Connection, _ names: [String]) throws -> [String] {
        try names.map { name in try connection.first("PRAGMA \(raw: name)") { $0.text(0) ?? "" } ?? "" }
    }

    @Test(
        "A connection that writes uses the write-ahead log, commits durably and enforces foreign keys",
        arguments: [SQLiteOptions.Access.readWrite, .create])
    func writing(access: SQLiteOptions.Access) throws {
        let database = try TestDatabase(.sqlite)
        try SQLiteConnection(path: database.path, access: .create).execute("PRAGMA journal_mode = DELETE")
        let connection = try SQLiteConnection(path: database.path, access: access)
        #expect(
            try Self.settings(
                connection, ["journal_mode", "synchronous", "foreign_keys", "query_only"])
                == ["wal", "2", "1", "0"])
    }

    @Test("A connection that writes keeps a bulk insert's pages at hand, and does not overwrite what it removes")
    func tuning() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try SQLiteConnection(path: database.path, access: .create)
        #expect(
            try Self.settings(connection, ["cache_size", "temp_store", "secure_delete", "page_size"])
                == ["-6144", "2", "0", "16384"])
    }

    @Test("A name in double quotes is never taken for a text, in a query or in a table's definition")
    func doubleQuotes() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try SQLiteConnection(path: database.path, access: .create)
        let query = #expect(throws: DatabaseError.self) { try connection.count("SELECT count(\"absent\")") }
        #expect(query?.kind == .missingColumn)
        #expect(throws: DatabaseError.self) {
            try connection.execute("CREATE TABLE lot (id INTEGER CHECK (id <> \"absent\"))")
        }
    }

    @Test("An error of opening says what SQLite refused, and in which statement")
    func openingError() throws {
        let database = try TestDatabase(.sqlite)
        let path = database.folder + "/notes.txt"
        try Data(String(repeating: "not a database\n", count: 100).utf8).write(to: URL(filePath: path))
        let error = #expect(throws: DatabaseError.self) { try SQLiteConnection(path: path, access: .readOnly) }
        #expect(error?.message == "file is not a database")
        #expect(error?.statement == "SELECT count(*) FROM sqlite_schema")
    }

    @Test("A connection that only reads leaves the file's journal alone")
    func reading() throws {
        let database = try TestDatabase(.sqlite)
        let writer = try SQLiteConnection(path: database.path, access: .create)
        try writer.execute("CREATE TABLE lot (id INTEGER)")
        try writer.execute("PRAGMA journal_mode = DELETE")
        writer.close()
        let connection = try SQLiteConnection(path: database.path, access: .readOnly)
        #expect(
            try Self.settings(connection, ["journal_mode", "foreign_keys"]) == ["delete", "1"])
        #expect(try connection.columns(of: "lot")?.map(\.name) == ["id"])
    }

    @Test("A connection that writes another program's file leaves its journal alone", arguments: ["delete", "wal"])
    func unchanged(mode: String) throws {
        let database = try TestDatabase(.sqlite)
        let owner = try SQLiteConnection(path: database.path, access: .create)
        try owner.execute("CREATE TABLE lot (id INTEGER)")
        try owner.execute("PRAGMA journal_mode = \(raw: mode)")
        owner.close()
        let connection = try SQLiteConnection(path: database.path, access: .readWrite, journal: .unchanged)
        #expect(try Self.settings(connection, ["journal_mode", "synchronous"]) == [mode, "2"])
        try connection.execute("INSERT INTO lot VALUES (1)")
        connection.close()
        let again = try SQLiteConnection(path: database.path, access: .readOnly)
        #expect(try Self.settings(again, ["journal_mode"]) == [mode])
    }

    @Test("A file that is not visible yet is one file with pages of the usual size, also while it is written")
    func memoryUnsynced() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try SQLiteConnection(path: database.path, access: .create, journal: .memoryUnsynced)
        try connection.execute("CREATE TABLE lot (id INTEGER)")
        try connection.begin(.write)
        try connection.execute("INSERT INTO lot VALUES (1)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: database.folder) == ["books.db"])
        try connection.commit()
        #expect(try Self.settings(connection, ["journal_mode", "synchronous"]) == ["memory", "0"])
        connection.close()
        let again = try SQLiteConnection(path: database.path, access: .readOnly)
        #expect(try Self.settings(again, ["journal_mode", "page_size"]) == ["delete", "4096"])
    }

    @Test("A writer waits for the one before it, and no longer once it is interrupted")
    func waiting() throws {
        let database = try TestDatabase(.sqlite)
        let first = try database.connect()
        try first.begin(.write)
        let held = Held(try database.connect())
        let interrupter = try held.connection.interrupter()
        let waiting = OtherThread { try held.connection.begin(.write) }
        Thread.sleep(forTimeInterval: 0.3)
        #expect(!waiting.isDone)
        try interrupter.interrupt()
        let error = #expect(throws: DatabaseError.self) { try waiting.wait(seconds: 5) }
        #expect(error?.kind == .lockTimeout)
        let again = OtherThread { try held.connection.begin(.write) }
        Thread.sleep(forTimeInterval: 0.3)
        #expect(!again.isDone)
        try first.rollback()
        try again.wait(seconds: 5)
        try held.connection.rollback()
    }

    /// What is interrupted.
    enum Work: String, CaseIterable {
        case query, statement, transaction, bulk, tables

        func run(on connection: any Connection) throws {
            switch self {
            case .query: _ = try connection.rows("SELECT a FROM t LIMIT 3") { $0.integer(0) }
            case .statement: try connection.execute("INSERT INTO t VALUES (1)")
            case .transaction:
                _ = try connection.transaction(.write) { try connection.execute("DELETE FROM t") }
            case .bulk:
                try connection.transaction(.write) {
                    let insert = try connection.bulkInsert(into: "t", columns: ["a"])
                    for _ in 0..<10 { try insert.append([.integer(5)]) }
                    try insert.flush()
                }
            case .tables: _ = try connection.hasTable("t")
            }
        }
    }

    @Test("Whenever it is interrupted, work is done or was interrupted, and is nothing else", arguments: Work.allCases)
    func interruptedAnywhere(work: Work) throws {
        let database = try TestDatabase(.sqlite)
        let held = Held(try database.connect())
        try held.connection.execute("CREATE TABLE t (a INTEGER)")
        let interrupter = try held.connection.interrupter()
        let isDone = Locked(false)
        let interrupting = OtherThread {
            while !isDone.withLock({ $0 }) { try interrupter.interrupt() }
        }
        var others: [String] = []
        var interrupted = 0
        while interrupted < 3000 {
            do {
                try work.run(on: held.connection)
            } catch let error as DatabaseError where error.kind == .interrupted {
                interrupted += 1
            } catch {
                interrupted += 1
                others.append("\(error)")
            }
        }
        isDone.withLock { $0 = true }
        try interrupting.wait(seconds: 60)
        #expect(Set(others) == [])
        // Nothing is left of it: the connection works, outside any transaction.
        _ = try held.connection.transaction(.write) { try held.connection.execute("INSERT INTO t VALUES (1)") }
        #expect(try database.connect().hasTable("t"))
    }

    /// A connection that one thread after the other uses.
    private final class Held: @unchecked Sendable {
        let connection: any Connection
        init(_ connection: any Connection) { self.connection = connection }
    }

    @Test("Foreign keys are left alone where a migration asks for it")
    func migrating() throws {
        let database = try TestDatabase(.sqlite)
        let connection = try database.connect(migrating: true)
        try connection.execute("CREATE TABLE lot (id INTEGER PRIMARY KEY)")
        try connection.execute("CREATE TABLE item (lot INTEGER REFERENCES lot (id))")
        #expect(try connection.execute("INSERT INTO item VALUES (77)") == 1)
        let other = try database.connect()
        let error = #expect(throws: DatabaseError.self) { try other.execute("INSERT INTO item VALUES (78)") }
        #expect(error?.kind == .constraintViolation)
    }

    @Test("A new file is an empty database, and so is an empty file")
    func newFile() throws {
        let database = try TestDatabase(.sqlite)
        try SQLiteConnection(path: database.path, access: .create).close()
        let connection = try SQLiteConnection(path: database.path, access: .readWrite)
        #expect(try connection.count("SELECT count(*) FROM sqlite_schema") == 0)
        let empty = database.folder + "/empty.db"
        try Data().write(to: URL(filePath: empty))
        #expect(try SQLiteConnection(path: empty, access: .readOnly).count("SELECT count(*) FROM sqlite_schema") == 0)
    }

    @Test("A connection opened to read only takes no writes")
    func readOnly() throws {
        let database = try TestDatabase(.sqlite)
        try database.connect().execute("CREATE TABLE lot (id INTEGER)")
        let connection = try SQLiteConnection(path: database.path, access: .readOnly)
        let error = #expect(throws: DatabaseError.self) { try connection.execute("INSERT INTO lot VALUES (1)") }
        #expect(error?.kind == .readOnly)
        #expect(error?.code == 8)
        #expect(try connection.transaction(.snapshot) { try connection.count("SELECT COUNT(*) FROM lot") } == 0)
        let stillRefused = #expect(throws: DatabaseError.self) { try connection.execute("DELETE FROM lot") }
        #expect(stillRefused?.kind == .readOnly)
    }
}
