import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation
import Harness
import TestSupport
import Testing

@Suite("Locks")
struct LockTests {
    private static func makeLots(in database: TestDatabase) throws -> any Connection {
        let connection = try database.connect()
        try connection.execute("CREATE TABLE lot (id INTEGER PRIMARY KEY, qty INTEGER)")
        try connection.execute("INSERT INTO lot VALUES (1, 1), (2, 2)")
        return connection
    }

    @Test("SQLite gives up waiting for another writer after its time")
    func busySQLite() async throws {
        let database = try TestDatabase(.sqlite)
        let holder = try Self.makeLots(in: database)
        try holder.begin(.write)
        let path = database.path
        // Both kinds of waiting at the same time: a transaction's begin, and a statement by itself.
        let attempts = [true, false].map { isTransaction in
            OtherThread {
                let connection = try SQLiteConnection(path: path, access: .readWrite)
                let start = ContinuousClock.now
                let error = #expect(throws: DatabaseError.self) {
                    if isTransaction {
                        try connection.begin(.write)
                    } else {
                        try connection.execute("INSERT INTO lot VALUES (3, 3)")
                    }
                }
                // What was refused holds nothing: the connection can go on.
                let lots = try connection.count("SELECT COUNT(*) FROM lot")
                return (kind: error?.kind, code: error?.code, lots: lots, waited: ContinuousClock.now - start)
            }
        }
        for attempt in attempts {
            let outcome = try await attempt.value
            #expect(outcome.kind == .lockTimeout)
            #expect(outcome.code == 5)
            #expect(outcome.lots == 2)
            #expect(outcome.waited > .seconds(8))
        }
        try holder.rollback()
    }

    @Test("A writer that waits gets its turn when the other commits", arguments: TestEngine.allCases)
    func turn(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let holder = try Self.makeLots(in: database)
        try holder.begin(.write)
        try holder.execute("UPDATE lot SET qty = qty + 10 WHERE id = 1")
        nonisolated(unsafe) let shared = database
        let waiter = OtherThread {
            let connection = try shared.connect()
            return try connection.transaction(.write) {
                try connection.execute("UPDATE lot SET qty = qty + 100 WHERE id = 1")
            }
        }
        // Long enough for it to be waiting on most days; the result is the same on the others.
        Thread.sleep(forTimeInterval: 0.2)
        #expect(!waiter.isDone)
        try holder.commit()
        #expect(try waiter.wait() == 1)
        #expect(try holder.count("SELECT qty FROM lot WHERE id = 1") == 111)
    }

    @Test("A row that another transaction holds is a lock timeout, and the transaction can be undone")
    func lockedRow() throws {
        let database = try TestDatabase(.mariadb)
        let holder = try Self.makeLots(in: database)
        try holder.begin(.write)
        try holder.execute("UPDATE lot SET qty = 9 WHERE id = 2")
        var options = try database.options()
        options.lockWaitTimeout = 1
        let connection = try MariaDBConnection(options)
        let error = #expect(throws: DatabaseError.self) {
            try connection.transaction(.write) {
                try connection.execute("UPDATE lot SET qty = 5 WHERE id = 1")
                try connection.execute("UPDATE lot SET qty = 5 WHERE id = 2")
            }
        }
        #expect(error?.kind == .lockTimeout)
        #expect(error?.code == 1205)
        try holder.rollback()
        #expect(
            try connection.values("SELECT id, qty FROM lot ORDER BY id") == [
                [.integer(1), .integer(1)], [.integer(2), .integer(2)],
            ])
    }

    @Test("A table that is held against altering is a lock timeout, too")
    func lockedTable() throws {
        let database = try TestDatabase(.mariadb)
        let holder = try Self.makeLots(in: database)
        try holder.begin(.snapshot)
        #expect(try holder.count("SELECT COUNT(*) FROM lot") == 2)
        var options = try database.options()
        options.lockWaitTimeout = 1
        let connection = try MariaDBConnection(options)
        let error = #expect(throws: DatabaseError.self) {
            try connection.execute("ALTER TABLE lot ADD COLUMN note INTEGER")
        }
        #expect(error?.kind == .lockTimeout)
        #expect(error?.code == 1205)
        try holder.rollback()
        #expect(try connection.execute("ALTER TABLE lot ADD COLUMN note INTEGER") == 0)
    }

    @Test("Rows that are dropped are read to the end: a row waited for in vain is an error", arguments: [true, false])
    func lockingRead(isBound: Bool) throws {
        let database = try TestDatabase(.mariadb)
        let holder = try Self.makeLots(in: database)
        try holder.execute("INSERT INTO lot SELECT seq, 0 FROM seq_10_to_5000")
        try holder.begin(.write)
        try holder.execute("UPDATE lot SET qty = 9 WHERE id = 4999")
        var options = try database.options()
        options.lockWaitTimeout = 1
        let connection = try MariaDBConnection(options)
        try connection.begin(.write)
        let error = #expect(throws: DatabaseError.self) {
            // The rows before the held one are sent before it is waited for.
            if isBound {
                try connection.execute("SELECT id, REPEAT('x', 100) FROM lot WHERE id >= \(1) ORDER BY id FOR UPDATE")
            } else {
                try connection.execute("SELECT id, REPEAT('x', 100) FROM lot ORDER BY id FOR UPDATE")
            }
        }
        #expect(error?.kind == .lockTimeout)
        #expect(error?.code == 1205)
        try connection.rollback()
        try holder.rollback()
    }

    @Test("Of two transactions that wait for each other one is a deadlock, and the other goes on")
    func deadlock() throws {
        let database = try TestDatabase(.mariadb)
        let first = try Self.makeLots(in: database)
        let options = try database.options()
        try first.begin(.write)
        try first.execute("UPDATE lot SET qty = qty + 10 WHERE id = 1")
        let holdsSecond = DispatchSemaphore(value: 0)
        let other = OtherThread { () -> DatabaseError? in
            let second = try MariaDBConnection(options)
            do {
                try second.transaction(.write) {
                    try second.execute("UPDATE lot SET qty = qty + 100 WHERE id = 2")
                    holdsSecond.signal()
                    try second.execute("UPDATE lot SET qty = qty + 100 WHERE id = 1")
                }
                return nil
            } catch let error as DatabaseError {
                return error
            }
        }
        #expect(holdsSecond.wait(timeout: .now() + 20) == .success)
        var mine: DatabaseError?
        do {
            try first.execute("UPDATE lot SET qty = qty + 10 WHERE id = 2")
            try first.commit()
        } catch let error as DatabaseError {
            mine = error
            try first.rollback()
        }
        let theirs = try other.wait()
        let errors = [mine, theirs].compactMap(\.self)
        #expect(errors.map(\.kind) == [.deadlock])
        #expect(errors.map(\.code) == [1213])
        let added = mine == nil ? 10 : 100
        #expect(
            try first.values("SELECT qty FROM lot ORDER BY id") == [
                [.integer(Int64(1 + added))], [.integer(Int64(2 + added))],
            ])
    }

    @Test("A row changed since the snapshot is a conflict where the server looks for it")
    func snapshotConflict() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try Self.makeLots(in: database)
        let other = try database.connect()
        try connection.execute("SET SESSION innodb_snapshot_isolation = 1")
        try connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        try connection.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT")
        try other.execute("UPDATE lot SET qty = 5 WHERE id = 1")
        let error = #expect(throws: DatabaseError.self) {
            try connection.execute("UPDATE lot SET qty = 6 WHERE id = 1")
        }
        #expect(error?.kind == .snapshotConflict)
        #expect(error?.code == 1020)
    }
}
