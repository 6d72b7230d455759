import Database
import Foundation
import TestSupport

extension TestDatabase {
    /// Waits until a statement on this MariaDB schema waits for a row or a table that somebody else holds.
    ///
    /// - Parameter text: begins the statement.
    func waitForWaiter(_ text: String = "", count: Int = 1) throws {
        let server = try Self.server()
        defer { server.close() }
        try eventually(30, "\(count) statements '\(text)…' wait") {
            // The server looks anew only when nobody has asked for a tenth of a second.
            usleep(150_000)
            return try waiters(server, text) >= count
        }
    }

    private func waiters(_ server: any Connection, _ text: String) throws -> Int {
        // Row waits stand in the engine's own table, table waits in the list of threads.
        let rows = try server.count(
            """
            SELECT COUNT(*) FROM information_schema.innodb_trx t
            JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
            WHERE p.db = \(schema) AND t.trx_state = 'LOCK WAIT' AND LTRIM(p.info) LIKE \(text + "%")
            """)
        let tables = try server.count(
            """
            SELECT COUNT(*) FROM information_schema.processlist
            WHERE db = \(schema) AND state LIKE 'Waiting for table metadata lock%' AND LTRIM(info) LIKE \(text + "%")
            """)
        return rows + tables
    }
}
