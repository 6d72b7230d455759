import Database
import GRDBSQLite

/// One prepared INSERT, stepped for each row: SQLite lives in this process, so there is nothing to gain from batches.
final class SQLiteBulkInsert: BulkInsert {
    private(set) var rowsWritten = 0
    private let connection: SQLiteConnection
    private let statement: SQLiteStatement

    init(connection: SQLiteConnection, table: String, columns: [String]) throws {
        self.connection = connection
        let names = columns.map { ("\(identifier: $0)" as SQL).text }.joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = ("INSERT INTO \(identifier: table) (\(raw: names)) VALUES (\(raw: marks))" as SQL).text
        statement = try connection.withConnection {
            try SQLiteStatement(sql: sql, connection: $0, place: connection.place)
        }
    }

    deinit {
        statement.finalize()
    }

    func append(_ row: UnsafeBufferPointer<Cell>) throws {
        if try connection.isInTransaction(statement.connection) {
            try insert(row)
        } else {
            // The row commits here, which GRDB's hooks take only on its own queue. Within a transaction that queue would
            // cost a third as much again.
            try connection.withConnection { _ in try insert(row) }
        }
        rowsWritten += 1
    }

    private func insert(_ row: UnsafeBufferPointer<Cell>) throws {
        defer { statement.reset() }
        try statement.bind(row)
        while try statement.step() {}
    }

    func flush() {}
}
