import CMariaDB
import Database
import ErrorModel

/// The columns of a batch as the protocol wants them: text as an array of pointers with lengths, numbers packed, and an
/// indicator for each value that says NULL.
///
/// It ends at ``maximumRows`` rows or before the packet would outgrow what the server takes: it answers an oversized one by
/// hanging up.
final class MariaDBBatch: BulkBatch {
    private(set) var rows = 0
    private let columns: [BulkColumn]
    private var bytes = 0
    private let byteLimit: Int
    private let maximumPacket: Int
    private let statement: String
    private let place: String

    /// Beyond so many rows the memory for their lengths outweighs the round trips that are spared.
    static let maximumRows = 8192

    /// Bytes of one batch at most, where the server's packets may be larger: several are on the way at once.
    private static let usualBytes = 1 << 20

    /// What the protocol adds to a value at most: the indicator and the length's own length.
    private static let valueOverhead = 10
    /// What it adds to a packet, and room for the statement's own head.
    private static let packetOverhead = 64

    init(columns count: Int, maximumPacket: Int, statement: String, place: String) {
        columns = (0..<count).map { _ in BulkColumn() }
        self.maximumPacket = maximumPacket
        byteLimit = min(maximumPacket - Self.packetOverhead, Self.usualBytes)
        self.statement = statement
        self.place = place
    }

    func append(_ row: UnsafeBufferPointer<Cell>) throws -> Bool {
        precondition(row.count == columns.count, "a cell for each column")
        var rowBytes = 0
        for cell in row { rowBytes += Self.valueOverhead + (cell.kind == .text ? cell.utf8.count : 8) }
        if rowBytes + Self.packetOverhead > maximumPacket {
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
    func withBinds<Result>(_ body: (UnsafeMutablePointer<MYSQL_BIND>) throws -> Result) rethrows -> Result {
        let binds = UnsafeMutablePointer<MYSQL_BIND>.allocate(capacity: columns.count)
        binds.initialize(repeating: MYSQL_BIND(), count: columns.count)
        defer { binds.deallocate() }
        for index in columns.indices { columns[index].fill(&binds[index]) }
        return try body(binds)
    }

    /// One row's values, copied out; inside ``withBinds(_:)``.
    func values(of row: Int) -> [Value] {
        columns.map { $0.value(row) }
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

    func value(_ row: Int) -> Value {
        if indicators[row] == CChar(STMT_INDICATOR_NULL.rawValue) { return .null }
        switch kind {
        case .integer, nil: return .integer(numbers[row])
        case .real: return .real(Double(bitPattern: UInt64(bitPattern: numbers[row])))
        case .text:
            let utf8 = UnsafeRawBufferPointer(start: pointers[row], count: Int(lengths[row]))
            return .text(String(decoding: utf8, as: UTF8.self))
        }
    }

    func removeAll() {
        count = 0
        textBytes = 0
    }
}
