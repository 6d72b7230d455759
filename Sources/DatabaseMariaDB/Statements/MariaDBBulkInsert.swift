import CMariaDB
import Database
import ErrorModel

/// MariaDB's array binding: many rows in one COM_STMT_BULK_EXECUTE.
final class MariaDBBulkInsert: BulkInsert {
    private(set) var rowsWritten = 0
    private let connection: MariaDBConnection
    /// Array binding; nil where the binary log is written by statement, which takes none.
    private let prepared: MariaDBStatement?
    /// Up to VALUES, for rows that are written out.
    private let beginning: String
    /// A row's values in that case: the fixed ones, and a mark for each other.
    private let marks: String
    private let columnCount: Int
    private(set) lazy var filling = makeBatch()

    init(on connection: MariaDBConnection, table: String, columns: [String], fixed: [FixedColumn]) throws {
        self.connection = connection
        let names = fixed.map(\.name) + columns
        let values = (fixed.map { "\($0.value)" } + columns.map { _ in "?" }).joined(separator: ", ")
        let isWholeRow = try Self.isWholeRow(names, of: table, on: connection)
        let list: SQL = isWholeRow ? "" : " (\(identifiers: names))"
        let isEveryKeyKnown = try Self.isEveryKeyKnown(fixed, of: table, on: connection)
        let prefix = isEveryKeyKnown ? "SET STATEMENT foreign_key_checks = 0 FOR " : ""
        let insert: SQL = "\(raw: prefix)INSERT INTO \(identifier: table)\(raw: list.text) VALUES "
        beginning = insert.text
        marks = "(\(values))"
        prepared =
            connection.isLoggedByStatement ? nil : try MariaDBStatement(preparing: beginning + marks, on: connection)
        columnCount = columns.count
    }

    /// Whether the columns are all that the table has, in its own order: then they need not be named.
    ///
    /// Where they are named, the server first fills each row with the defaults, and a row of VARCHARs takes as much memory
    /// as they may ever hold: 42 KB are copied for an item of 100 bytes. The table keeps its columns meanwhile: who has
    /// read it in a transaction holds it until that ends. Outside of one they are named.
    private static func isWholeRow(
        _ names: [String], of table: String, on connection: MariaDBConnection
    ) throws -> Bool {
        guard connection.isInTransaction else { return false }
        do {
            try connection.execute("SELECT * FROM \(identifier: table) LIMIT 0")
        } catch let error as DatabaseError {
            // Who may not read every column is not shown every column either, and must name what it writes.
            guard case .missingRight = error.kind else { throw error }
            return false
        }
        return try connection.columns(of: table)?.map(\.name) == names
    }

    /// Whether the server would look up only keys that are known to exist: InnoDB does it again for every row, which
    /// makes an insert of ordered rows a tenth to a fifth slower.
    private static func isEveryKeyKnown(
        _ fixed: [FixedColumn], of table: String, on connection: MariaDBConnection
    ) throws -> Bool {
        if fixed.allSatisfy({ $0.referencedTable == nil }) { return false }
        let looked = try connection.rows(
            """
            SELECT column_name, referenced_table_name FROM information_schema.key_column_usage
            WHERE table_schema = DATABASE() AND table_name = \(table) AND referenced_table_name IS NOT NULL
            """
        ) { row in (column: row.text(0), table: row.text(1)) }
        return looked.allSatisfy { key in fixed.contains { $0.name == key.column && $0.referencedTable == key.table } }
    }

    func makeBatch() -> sending any BulkBatch {
        MariaDBBatch(
            columns: columnCount, maximumPacket: connection.maximumPacket, statement: beginning, place: connection.place
        )
    }

    func send(_ batch: any BulkBatch) throws {
        guard let batch = batch as? MariaDBBatch, batch.rows > 0 else { return }
        if let prepared {
            try send(batch, prepared)
        } else {
            try sendWrittenOut(batch)
        }
        batch.removeAll()
    }

    private func send(_ batch: MariaDBBatch, _ statement: MariaDBStatement) throws {
        _ = try connection.pointer()
        var rows = UInt32(batch.rows)
        mysql_stmt_attr_set(statement.handle, STMT_ATTR_ARRAY_SIZE, &rows)
        try batch.withBinds { binds in
            if mysql_stmt_bind_param(statement.handle, binds) != 0 { throw statement.error() }
            connection.allowAnswer()
            if mysql_stmt_execute(statement.handle) != 0 { throw statement.error() }
        }
        try confirm(statement.affectedRows, of: batch.rows)
    }

    /// Rows of one statement where they are written out: more make it no faster.
    private static let rowsWrittenOut = 250

    private func sendWrittenOut(_ batch: MariaDBBatch) throws {
        for start in stride(from: 0, to: batch.rows, by: Self.rowsWrittenOut) {
            let range = start..<min(batch.rows, start + Self.rowsWrittenOut)
            let rows = Array(repeating: marks, count: range.count).joined(separator: ", ")
            let values = batch.withBinds { _ in range.flatMap { batch.values(of: $0) } }
            let written = try connection.execute(SQL(raw: beginning + rows, binds: values))
            try confirm(written, of: range.count)
        }
    }

    private func confirm(_ written: Int, of rows: Int) throws {
        guard written == rows else {
            throw DatabaseError(
                kind: .other, engine: .mariadb, code: 0, message: "the server took \(written) of \(rows) rows",
                statement: beginning, place: connection.place)
        }
        rowsWritten += rows
    }
}
