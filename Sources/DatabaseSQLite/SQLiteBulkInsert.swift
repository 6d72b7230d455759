import Database
import GRDBSQLite

/// One prepared INSERT, stepped for each row: SQLite lives in this process, so there is nothing to gain from batches.
final class SQLiteBulkInsert: BulkInsert {
    private(set) var rowsWritten = 0
    private let connection: SQLiteConnection
    private let statement: SQLiteStatement

    init(connection: SQLiteConnection, table: String, columns: [String]) throws {
        self.connection = connection
        let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "INSERT INTO \"\(table)\" (\(names)) VALUES (\(marks))"
        statement = try connection.withConnection {
            try SQLiteStatement(sql: sql, connection: $0, place: connection.place)
        }
    }

    deinit {
        statement.finalize()
    }

    func append(_ row: UnsafeBufferPointer<Cell>) throws {
        defer { statement.reset() }
        try statement.bind(row)
        while try statement.step() {}
        rowsWritten += 1
    }

    func flush() {}
}
