import CMariaDB
import Database

/// MariaDB's array binding: many rows in one COM_STMT_BULK_EXECUTE.
final class MariaDBBulkInsert: BulkInsert {
    private(set) var rowsWritten = 0
    private let connection: MariaDBConnection
    private let statement: MariaDBStatement
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
        let sql: SQL = "\(raw: prefix)INSERT INTO \(identifier: table)\(raw: list.text) VALUES (\(raw: values))"
        statement = try MariaDBStatement(preparing: sql.text, on: connection)
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

    /// Whether the server would look up nothing but keys that are known to be there: InnoDB does it for every row anew,
    /// which makes an insert of ordered rows a tenth to a fifth slower.
    private static func isEveryKeyKnown(
        _ fixed: [FixedColumn], of table: String, on connection: MariaDBConnection
    ) throws -> Bool {
        if fixed.allSatisfy({ $0.keyOf == nil }) { return false }
        let looked = try connection.rows(
            """
            SELECT column_name, referenced_table_name FROM information_schema.key_column_usage
            WHERE table_schema = DATABASE() AND table_name = \(table) AND referenced_table_name IS NOT NULL
            """
        ) { row in (column: row.text(0), table: row.text(1)) }
        return looked.allSatisfy { key in fixed.contains { $0.name == key.column && $0.keyOf == key.table } }
    }

    func makeBatch() -> any BulkBatch {
        MariaDBBatch(columns: columnCount, for: statement)
    }

    func send(_ batch: any BulkBatch) throws {
        guard let batch = batch as? MariaDBBatch, batch.rows > 0 else { return }
        _ = try connection.pointer()
        var rows = UInt32(batch.rows)
        mysql_stmt_attr_set(statement.handle, STMT_ATTR_ARRAY_SIZE, &rows)
        try batch.withBinds { binds in
            if mysql_stmt_bind_param(statement.handle, binds) != 0 { throw statement.error() }
            if mysql_stmt_execute(statement.handle) != 0 { throw statement.error() }
        }
        guard statement.affectedRows == batch.rows else {
            throw DatabaseError(
                kind: .other, engine: .mariadb, code: 0,
                message: "the server took \(statement.affectedRows) of \(batch.rows) rows", statement: statement.text,
                place: connection.place)
        }
        rowsWritten += batch.rows
        batch.removeAll()
    }
}

/// The columns of a batch as the protocol wants them: text as an array of pointers with lengths, numbers packed, and an
/// indicator for each value that says NULL.
///
/// It ends at ``maximumRows`` rows or before the packet would outgrow what the server takes: it answers an oversized one by
/// hanging up.
final class MariaDBBatch: BulkBatch, @unchecked Sendable {
    private(set) var rows = 0
    private let columns: [BulkColumn]
    private var bytes = 0
    private let byteLimit: Int
    private let maximumPacket: Int
    private let statement: String
    private let place: String

    /// More bring nothing: the cost is the table's upkeep by then.
    static let maximumRows = 2000

    /// What the protocol adds to a value at most: the indicator and the length's own length.
    private static let valueOverhead = 10

    init(columns count: Int, for statement: MariaDBStatement) {
        columns = (0..<count).map { _ in BulkColumn() }
        maximumPacket = statement.connection.maximumPacket
        byteLimit = min(maximumPacket / 2, 1 << 20)
        self.statement = statement.text
        place = statement.connection.place
    }

    func append(_ row: UnsafeBufferPointer<Cell>) throws -> Bool {
        precondition(row.count == columns.count, "a cell for each column")
        var rowBytes = 0
        for cell in row { rowBytes += Self.valueOverhead + (cell.kind == .text ? cell.utf8.count : 8) }
        if rowBytes + 64 > maximumPacket {
            throw DatabaseError(
                kind: .dataTooLong, engine: .mariadb, code: 1153,
                message: "a row of \(rowBytes) bytes is larger than the server's max_allowed_packet of "
                    + "\(maximumPacket) bytes",
                statement: statement, place: place)
        }
        if rows == Self.maximumRows || (rows > 0 && bytes + rowBytes > byteLimit) { return false }
        for (index, cell) in row.enumerated() { try columns[index].append(cell, place: place) }
        rows += 1
        bytes += rowBytes
        return true
    }

    /// Runs `body` with a bind for each column, which point into this batch's memory.
    func withBinds(_ body: (UnsafeMutablePointer<MYSQL_BIND>) throws -> Void) rethrows {
        let binds = UnsafeMutablePointer<MYSQL_BIND>.allocate(capacity: columns.count)
        binds.initialize(repeating: MYSQL_BIND(), count: columns.count)
        defer { binds.deallocate() }
        for index in columns.indices { columns[index].fill(&binds[index]) }
        try body(binds)
    }

    func removeAll() {
        rows = 0
        bytes = 0
        for index in columns.indices { columns[index].removeAll() }
    }
}

/// One column of a batch, in memory of its own: `MYSQL_BIND` keeps raw pointers.
private final class BulkColumn {
    private enum Kind {
        case integer
        case real
        case text
    }

    /// Settled by the first value that is not NULL.
    private var kind: Kind?
    private var count = 0
    /// Whole numbers, or the bits of fractions.
    private let numbers = UnsafeMutablePointer<Int64>.allocate(capacity: MariaDBBatch.maximumRows)
    private let lengths = UnsafeMutablePointer<UInt>.allocate(capacity: MariaDBBatch.maximumRows)
    private let indicators = UnsafeMutablePointer<CChar>.allocate(capacity: MariaDBBatch.maximumRows)
    private let pointers = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(
        capacity: MariaDBBatch.maximumRows)
    private var text = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
    private var textBytes = 0

    deinit {
        numbers.deallocate()
        lengths.deallocate()
        indicators.deallocate()
        pointers.deallocate()
        text.deallocate()
    }

    func append(_ cell: Cell, place: String) throws {
        var indicator = STMT_INDICATOR_NONE
        (numbers + count).initialize(to: cell.integer)
        (lengths + count).initialize(to: 0)
        switch cell.kind {
        case .null:
            indicator = STMT_INDICATOR_NULL
        case .integer where kind == nil || kind == .integer:
            kind = .integer
        case .real where kind == nil || kind == .real:
            kind = .real
            numbers[count] = Int64(bitPattern: cell.real.bitPattern)
        case .text where kind == nil || kind == .text:
            kind = .text
            lengths[count] = UInt(cell.utf8.count)
            store(cell.utf8)
        default:
            throw DatabaseError(
                kind: .misuse, engine: .mariadb, code: 0, message: "a bulk insert's column changed its type",
                place: place)
        }
        (indicators + count).initialize(to: CChar(indicator.rawValue))
        count += 1
    }

    private func store(_ utf8: UnsafeRawBufferPointer) {
        if textBytes + utf8.count > text.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(2 * text.count, textBytes + utf8.count), alignment: 1)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: text[..<textBytes]))
            text.deallocate()
            text = larger
        }
        UnsafeMutableRawBufferPointer(rebasing: text[textBytes...]).copyMemory(from: utf8)
        textBytes += utf8.count
    }

    /// Points `bind` at this column's memory, which stays where it is until the next append.
    func fill(_ bind: inout MYSQL_BIND) {
        bind.u.indicator = indicators
        guard kind == .text else {
            bind.buffer_type = kind == .real ? MYSQL_TYPE_DOUBLE : MYSQL_TYPE_LONGLONG
            bind.buffer = UnsafeMutableRawPointer(numbers)
            return
        }
        var offset = 0
        for row in 0..<count {
            (pointers + row).initialize(to: text.baseAddress.map { $0 + offset })
            offset += Int(lengths[row])
        }
        bind.buffer_type = MYSQL_TYPE_STRING
        bind.buffer = UnsafeMutableRawPointer(pointers)
        bind.length = lengths
    }

    func removeAll() {
        count = 0
        textBytes = 0
    }
}
