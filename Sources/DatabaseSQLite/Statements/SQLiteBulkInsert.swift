import CSQLite
import Database

/// One prepared INSERT ... SELECT, run for each ``SQLiteBatch``.
final class SQLiteBulkInsert: BulkInsert {
    private(set) var rowsWritten = 0
    private let connection: SQLiteConnection
    private let statement: SQLiteStatement
    private let columnCount: Int
    private(set) lazy var filling = makeBatch()

    init(on connection: SQLiteConnection, table: String, columns: [String], fixed: [FixedColumn]) throws {
        self.connection = connection
        columnCount = columns.count
        let values = (fixed.map { "\($0.value)" } + columns.indices.map { "c\($0)" }).joined(separator: ", ")
        let names = fixed.map(\.name) + columns
        let sql: SQL =
            "INSERT INTO \(identifier: table) (\(identifiers: names)) SELECT \(raw: values) FROM pnbook_rows(?)"
        SQLiteBatch.register(on: try connection.pointer())
        statement = try SQLiteStatement(preparing: sql.text, on: connection)
    }

    func makeBatch() -> sending any BulkBatch {
        SQLiteBatch(columns: columnCount, isUTF16: connection.encoding != .utf8)
    }

    func send(_ batch: any BulkBatch) throws {
        guard let batch = batch as? SQLiteBatch, batch.rows > 0 else { return }
        // An error if the connection is closed: the statement would still take rows, and commit them at once.
        _ = try connection.pointer()
        defer { statement.reset() }
        try statement.bind(batch)
        while try statement.step() {}
        rowsWritten += batch.rows
        batch.removeAll()
    }
}
