import Database
import Harness
import TestSupport

extension TestDatabase {
    /// Waits until a statement on this MariaDB schema waits for a row or a table that another transaction holds.
    ///
    /// - Parameters:
    ///   - text: begins the statement.
    ///   - child: whose end is waited for as well; nil for none.
    func waitForWaiter(_ text: String = "", orEndOf child: ChildRun? = nil) throws {
        let server = try Self.server()
        defer { server.close() }
        try eventually(30, "a statement '\(text)…' waits") {
            try waiters(server, text) > 0 || child?.isRunning == false
        }
    }

    private func waiters(_ server: any Connection, _ text: String) throws -> Int {
        // Waits for rows are in the engine's own table, waits for tables in the list of threads.
        let rows = try TransactionList.read {
            try server.count(
                """
                SELECT COUNT(*) FROM information_schema.innodb_trx t
                JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
                WHERE p.db = \(schema) AND t.trx_state = 'LOCK WAIT' AND LTRIM(p.info) LIKE \(text + "%")
                """)
        }
        let tables = try server.count(
            """
            SELECT COUNT(*) FROM information_schema.processlist
            WHERE db = \(schema) AND state LIKE 'Waiting for table metadata lock%' AND LTRIM(info) LIKE \(text + "%")
            """)
        return rows + tables
    }
}

extension PrivateScene {
    /// Waits until a run waits for the row of the book that was active before its own.
    func waitForWaiterOnOldBook() throws {
        try eventually(30, "the run waits for the old book's row") {
            try TransactionList.read {
                try rows(
                    """
                    SELECT COUNT(*) FROM information_schema.innodb_trx
                    WHERE trx_state = 'LOCK WAIT'
                        AND trx_query LIKE 'SELECT % FROM qt_partnumber_books WHERE id = % FOR UPDATE'
                    """)
            } == ["1"]
        }
    }
}
