import protocol Database.Interrupter
import struct Database.RetryPolicy
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// An open SQLite file: GRDB's part of the driver, alone in this file because its names are ours too.
final class SQLiteHandle {
    private var queue: DatabaseQueue?
    private let gate: InterruptGate
    /// How the file holds its texts.
    private(set) var encoding = SQLiteEncoding.utf8

    /// What went wrong, before it is known which database it was.
    struct Failure: Error {
        let code: Int32
        let message: String
    }

    /// How long a statement waits for another writer before it gives up, in seconds.
    static let busyTimeout: TimeInterval = 10

    init(path: String, readOnly: Bool, journal: SQLiteConnection.Journal, enforcesForeignKeys: Bool) throws {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.foreignKeysEnabled = enforcesForeignKeys
        // Transactions begin and end in calls of their own.
        configuration.allowsUnsafeTransactions = true
        // Of our own: SQLite's own wait does not wake when the connection is interrupted.
        let patience = BusyPatience()
        configuration.busyMode = .callback { attempts in patience.waits(attempts) }
        gate = InterruptGate(patience)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            self.queue = queue
            gate.open(queue)
            try queue.inDatabase { database in
                // Before anything else: an unreadable or damaged file is named here, not in the middle.
                _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
                encoding = SQLiteEncoding(pragma: try String.fetchOne(database, sql: "PRAGMA encoding"))
                if let connection = database.sqliteConnection { encoding.registerCollation(on: connection) }
                if !readOnly { try Self.configureForWriting(database, journal) }
            }
        } catch let error as DatabaseError {
            throw Failure(code: error.extendedResultCode.rawValue, message: error.message ?? "unknown error")
        }
    }

    private static func configureForWriting(_ database: Database, _ journal: SQLiteConnection.Journal) throws {
        // SQLite opens a file it may not write without a word, and fails at the first write.
        if sqlite3_db_readonly(database.sqliteConnection, "main") == 1 {
            throw Failure(code: SQLITE_READONLY, message: "this user may not write the file or its folder")
        }
        switch journal {
        case .writeAheadLog: try useWriteAheadLog(database)
        case .asFound: break
        case .unseen: try database.execute(sql: "PRAGMA journal_mode = MEMORY")
        }
        // Durable commits; a page cache that keeps a bulk insert's pages at hand (KiB when negative); what is removed is
        // not overwritten with zeros, as Debian's SQLite would: that costs a removal a third more.
        try database.execute(
            sql: """
                PRAGMA synchronous = \(journal == .unseen ? "OFF" : "FULL"); PRAGMA cache_size = -6144;
                PRAGMA temp_store = MEMORY; PRAGMA secure_delete = OFF
                """)
    }

    private static func useWriteAheadLog(_ database: Database) throws {
        // Large pages, for a file that has none yet: a book goes in by a sixth faster and out three times faster.
        if try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 {
            try database.execute(sql: "PRAGMA page_size = 16384")
        }
        // The write-ahead log: a reader never waits for the writer (CONTRACT 3).
        if try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" {
            try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
    }

    deinit {
        close()
    }

    func close() {
        // A bulk insert still about keeps SQLite's own handle open, and an open transaction with it.
        _ = try? withConnection { sqlite3_exec($0, "ROLLBACK", nil, nil, nil) }
        gate.shut()
        // Once closed it is kept for good: libdispatch disposes of GRDB's queue with the help of another thread, and where
        // none can be had it waits for one for ever. With a statement still about it is not closed yet, and not kept.
        if let queue, (try? queue.close()) != nil { _ = Unmanaged.passRetained(queue) }
        queue = nil
    }

    /// What stops the running statement from another thread.
    func interrupter() -> any Interrupter {
        gate
    }

    /// The wait for another writer, which somebody may end. Apart from the gate: GRDB's queue holds it, and the gate
    /// holds the queue.
    private final class BusyPatience: Sendable {
        private let isEnded = Atomic(false)

        /// Seconds between two attempts to get what another connection holds.
        private static let pause = 0.01

        /// Waits a moment; false once it has been long enough, or the wait is to end.
        func waits(_ attempts: Int) -> Bool {
            // One interruption ends one wait; who still wants an end asks again.
            if isEnded.exchange(false, ordering: .relaxed) { return false }
            let limit = RetryPolicy.Limit.time(.seconds(SQLiteHandle.busyTimeout))
            guard limit.allowsAnother(after: attempts, .seconds(Double(attempts) * Self.pause)) else { return false }
            Thread.sleep(forTimeInterval: Self.pause)
            return true
        }

        func end() {
            isEnded.store(true, ordering: .relaxed)
        }
    }

    /// Lets other threads interrupt as long as the connection is open: SQLite's handle is gone once it is closed.
    private final class InterruptGate: Interrupter {
        private let queue = Mutex<DatabaseQueue?>(nil)
        private let patience: BusyPatience

        init(_ patience: BusyPatience) {
            self.patience = patience
        }

        func open(_ queue: DatabaseQueue) {
            self.queue.withLock { $0 = queue }
        }

        /// Waits for an interruption under way.
        func shut() {
            queue.withLock { $0 = nil }
        }

        func interrupt() {
            patience.end()
            queue.withLock { $0?.interrupt() }
        }
    }

    /// Runs `body` with SQLite's own handle; nil once closed.
    func withConnection<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result? {
        guard let queue else { return nil }
        return try queue.unsafeReentrantWrite { database in
            try database.sqliteConnection.map(body)
        }
    }
}
