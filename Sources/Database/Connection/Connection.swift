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

    /// Who holds an advisory lock; nil where it is free, and where that cannot be seen from here. Changes nothing.
    func lockHolder(_ name: String) throws -> LockHolder?

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
