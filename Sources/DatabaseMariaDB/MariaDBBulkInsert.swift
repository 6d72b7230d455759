import CMariaDB
import Database

/// MariaDB's array binding: many rows in one COM_STMT_BULK_EXECUTE.
///
/// The columns of a batch lie in memory as the protocol wants them: text as an array of pointers with lengths, numbers
/// packed, and an indicator for each value that says NULL. Batches end at ``maximumRows`` rows or before the packet
/// would outgrow what the server takes: it answers an oversized one by hanging up.
final class MariaDBBulkInsert: BulkInsert {
    private(set) var rowsWritten = 0
    private let connection: MariaDBConnection
    private let statement: MariaDBStatement
    private let columns: [BulkColumn]
    private var bufferedRows = 0
    private var bufferedBytes = 0
    private let byteLimit: Int

    /// Rows of one batch. More bring nothing: the cost is the table's upkeep by then.
    static let maximumRows = 2000

    /// What the protocol adds to a value at most: the indicator and the length's own length.
    private static let valueOverhead = 10

    init(on connection: MariaDBConnection, table: String, columns names: [String]) throws {
        self.connection = connection
        let columnList = names.map { ("\(identifier: $0)" as SQL).text }.joined(separator: ", ")
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        let sql: SQL = "INSERT INTO \(identifier: table) (\(raw: columnList)) VALUES (\(raw: marks))"
        statement = try MariaDBStatement(sql.text, on: connection)
        columns = names.map { _ in BulkColumn() }
        byteLimit = min(connection.maximumPacket / 2, 4 << 20)
    }

    func append(_ row: UnsafeBufferPointer<Cell>) throws {
        precondition(row.count == columns.count, "a cell for each column")
        var rowBytes = 0
        for cell in row { rowBytes += Self.valueOverhead + (cell.kind == .text ? cell.utf8.count : 8) }
        if rowBytes + 64 > connection.maximumPacket {
            throw DatabaseError(
                kind: .dataTooLong, engine: .mariadb, code: 1153,
                message: "a row of \(rowBytes) bytes is larger than the server's max_allowed_packet of "
                    + "\(connection.maximumPacket) bytes",
                statement: statement.text, place: connection.place)
        }
        if bufferedRows == Self.maximumRows || (bufferedRows > 0 && bufferedBytes + rowBytes > byteLimit) {
            try flush()
        }
        for (index, cell) in row.enumerated() { try columns[index].append(cell, connection) }
        bufferedRows += 1
        bufferedBytes += rowBytes
    }

    func flush() throws {
        guard bufferedRows > 0 else { return }
        _ = try connection.pointer()
        let binds = UnsafeMutablePointer<MYSQL_BIND>.allocate(capacity: columns.count)
        binds.initialize(repeating: MYSQL_BIND(), count: columns.count)
        defer { binds.deallocate() }
        for index in columns.indices { columns[index].fill(&binds[index]) }
        var rows = UInt32(bufferedRows)
        mysql_stmt_attr_set(statement.handle, STMT_ATTR_ARRAY_SIZE, &rows)
        if mysql_stmt_bind_param(statement.handle, binds) != 0 { throw statement.error() }
        if mysql_stmt_execute(statement.handle) != 0 { throw statement.error() }
        guard statement.affectedRows == bufferedRows else {
            throw DatabaseError(
                kind: .other, engine: .mariadb, code: 0,
                message: "the server took \(statement.affectedRows) of \(bufferedRows) rows", statement: statement.text,
                place: connection.place)
        }
        rowsWritten += bufferedRows
        bufferedRows = 0
        bufferedBytes = 0
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
    private let numbers = UnsafeMutablePointer<Int64>.allocate(capacity: MariaDBBulkInsert.maximumRows)
    private let lengths = UnsafeMutablePointer<UInt>.allocate(capacity: MariaDBBulkInsert.maximumRows)
    private let indicators = UnsafeMutablePointer<CChar>.allocate(capacity: MariaDBBulkInsert.maximumRows)
    private let pointers = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(
        capacity: MariaDBBulkInsert.maximumRows)
    private var text = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
    private var textBytes = 0

    deinit {
        numbers.deallocate()
        lengths.deallocate()
        indicators.deallocate()
        pointers.deallocate()
        text.deallocate()
    }

    func append(_ cell: Cell, _ connection: MariaDBConnection) throws {
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
                place: connection.place)
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
