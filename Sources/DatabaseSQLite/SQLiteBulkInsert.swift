import Database
import GRDBSQLite

/// One prepared INSERT ... SELECT, run for each ``SQLiteBatch``.
final class SQLiteBulkInsert: BulkInsert {
    private(set) var rowsWritten = 0
    private let connection: SQLiteConnection
    private let statement: SQLiteStatement
    private let columnCount: Int
    private(set) lazy var filling = makeBatch()

    init(connection: SQLiteConnection, table: String, columns: [String], fixed: [FixedColumn]) throws {
        self.connection = connection
        columnCount = columns.count
        let values = (fixed.map { "\($0.value)" } + columns.indices.map { "c\($0)" }).joined(separator: ", ")
        let names = fixed.map(\.name) + columns
        let sql: SQL =
            "INSERT INTO \(identifier: table) (\(identifiers: names)) SELECT \(raw: values) FROM pnbook_rows(?)"
        statement = try connection.withConnection {
            SQLiteBatch.register(on: $0)
            return try SQLiteStatement(
                sql: sql.text, connection: $0, encoding: connection.encoding, place: connection.place)
        }
    }

    deinit {
        statement.finalize()
    }

    func makeBatch() -> sending any BulkBatch {
        SQLiteBatch(columns: columnCount, isUTF16: connection.encoding != .utf8)
    }

    func send(_ batch: any BulkBatch) throws {
        guard let batch = batch as? SQLiteBatch, batch.rows > 0 else { return }
        if try connection.isInTransaction(statement.connection) {
            try insert(batch)
        } else {
            // The rows commit here, which GRDB's hooks take only on its own queue.
            try connection.withConnection { _ in try insert(batch) }
        }
    }

    private func insert(_ batch: SQLiteBatch) throws {
        defer { statement.reset() }
        try statement.bind(batch)
        while try statement.step() {}
        rowsWritten += batch.rows
        batch.removeAll()
    }
}
