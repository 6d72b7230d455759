import Database
import ErrorModel
import PartnumberBooks

/// Which sessions hold rows that a run has waited for in vain, as far as the account may see.
enum LockingSessions {
    /// The error with a remedy that names them; any other error as it is.
    ///
    /// - Parameter connect: makes another connection to the same database.
    static func named(in error: any Error, connect: () throws -> any Connection) -> any Error {
        if let pruning = error as? PruneError {
            return PruneError(
                book: pruning.book, removedBefore: pruning.removedBefore,
                cause: named(in: pruning.cause, connect: connect))
        }
        guard var locked = error as? DatabaseError, locked.kind == .lockTimeout, locked.engine == .mariadb,
            let connection = try? connect()
        else { return error }
        defer { connection.close() }
        locked.advice = .steps([.waitForOther, .text(sentence(on: connection))])
        return locked
    }

    /// Those in this schema first, and the longest transactions of them: the row that was waited for is here, and a server may have
    /// many other users. What they run is not shown: that may hold secrets.
    private static let query: SQL = """
        SELECT p.id, p.user, p.host, p.command, TIMESTAMPDIFF(SECOND, t.trx_started, NOW())
        FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
        WHERE p.id <> CONNECTION_ID() AND (t.trx_rows_locked > 0 OR t.trx_tables_locked > 0)
        ORDER BY p.db <=> DATABASE() DESC, t.trx_started LIMIT 3
        """

    private static func sentence(on connection: any Connection) -> DisplayText {
        let sessions: [DisplayText]
        do {
            sessions = try connection.rows(query) { row in
                let account = "\(row.text(1) ?? "")@\(row.text(2) ?? "")"
                return "session \(row.text(0) ?? "?") of \(account) "
                    + "(\(row.text(3) ?? ""), a transaction of \(row.text(4) ?? "?") s)"
            }
        } catch {
            return "Which session that is, an account with the PROCESS privilege sees: "
                + "SELECT trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx;  "
                + "An administrator ends it with KILL and that number"
        }
        if sessions.isEmpty {
            return
                "No transaction holds rows now; a table may be locked: look with SHOW FULL PROCESSLIST, and end the session "
                + "with KILL and its number"
        }
        return
            "Locks are held by \(sessions.joined(separator: ", ")); an administrator ends such a session with KILL and its "
            + "number"
    }
}
