import CMariaDB
import Database

/// A result on its way from the server, one row at a time: nothing but the current row is held.
final class MariaDBResult {
    /// The current row.
    let cells: UnsafeMutableBufferPointer<Cell>

    private let statement: MariaDBStatement
    private let columns: Int
    private let binds: UnsafeMutablePointer<MYSQL_BIND>
    private let lengths: UnsafeMutablePointer<UInt>
    private let nulls: UnsafeMutablePointer<my_bool>
    private let truncated: UnsafeMutablePointer<my_bool>
    /// One buffer for each column: a number, or text as long as it usually is.
    private let buffers: UnsafeMutablePointer<UnsafeMutableRawBufferPointer>
    private var kinds: [Kind] = []

    /// What a column's buffer holds.
    private enum Kind {
        case integer
        case unsigned
        case real
        /// Of single precision: the fewest digits that name it are meant, not those of the double next to it.
        case float
        case decimal
        case text
        case blob
        /// Bytes of a BIT, the highest first.
        case bits

        /// The bytes come as they are, however many.
        var isText: Bool { self == .text || self == .decimal || self == .blob }
    }

    /// Text longer than this is fetched a second time, into a buffer that fits.
    private static let usualText = 65_536

    init(_ statement: MariaDBStatement) throws {
        self.statement = statement
        let metadata = mysql_stmt_result_metadata(statement.handle)
        defer { if let metadata { mysql_free_result(metadata) } }
        columns = metadata.map { Int(mysql_num_fields($0)) } ?? 0
        let capacity = max(1, columns)
        cells = .allocate(capacity: columns)
        cells.initialize(repeating: .null)
        binds = .allocate(capacity: capacity)
        binds.initialize(repeating: MYSQL_BIND(), count: capacity)
        lengths = .allocate(capacity: capacity)
        lengths.initialize(repeating: 0, count: capacity)
        nulls = .allocate(capacity: capacity)
        nulls.initialize(repeating: 0, count: capacity)
        truncated = .allocate(capacity: capacity)
        truncated.initialize(repeating: 0, count: capacity)
        buffers = .allocate(capacity: capacity)
        buffers.initialize(repeating: .init(start: nil, count: 0), count: capacity)
        guard let metadata else { return }
        for column in 0..<columns {
            if let field = mysql_fetch_field_direct(metadata, UInt32(column)) { bind(column, field.pointee) }
        }
        if mysql_stmt_bind_result(statement.handle, binds) != 0 { throw statement.error() }
    }

    deinit {
        mysql_stmt_free_result(statement.handle)
        for column in 0..<columns { buffers[column].deallocate() }
        buffers.deallocate()
        truncated.deallocate()
        nulls.deallocate()
        lengths.deallocate()
        binds.deallocate()
        cells.deallocate()
    }

    private func bind(_ column: Int, _ field: MYSQL_FIELD) {
        let type: enum_field_types
        let size: Int
        let kind: Kind
        switch field.type {
        case MYSQL_TYPE_LONGLONG where field.flags & UInt32(UNSIGNED_FLAG) != 0:
            (kind, type, size) = (.unsigned, MYSQL_TYPE_LONGLONG, 32)
        case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG, MYSQL_TYPE_YEAR:
            (kind, type, size) = (.integer, MYSQL_TYPE_LONGLONG, 8)
        case MYSQL_TYPE_FLOAT:
            (kind, type, size) = (.float, MYSQL_TYPE_FLOAT, 4)
        case MYSQL_TYPE_DOUBLE:
            (kind, type, size) = (.real, MYSQL_TYPE_DOUBLE, 8)
        case MYSQL_TYPE_BIT:
            (kind, type, size) = (.bits, MYSQL_TYPE_STRING, 32)
        default:
            (kind, type, size) = (
                Self.kind(ofText: field), MYSQL_TYPE_STRING, min(Self.usualText, max(64, Int(field.length)))
            )
        }
        kinds.append(kind)
        binds[column].is_unsigned = kind == .unsigned ? 1 : 0
        buffers[column] = .allocate(byteCount: size, alignment: 8)
        binds[column].buffer_type = type
        binds[column].buffer = buffers[column].baseAddress
        binds[column].buffer_length = UInt(size)
        binds[column].length = lengths + column
        binds[column].is_null = nulls + column
        binds[column].error = truncated + column
    }

    /// What comes as a string: by its type a decimal number, a text or bytes. Dates and times say that their character set is
    /// binary as well, and are texts.
    private static func kind(ofText field: MYSQL_FIELD) -> Kind {
        switch field.type {
        case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: .decimal
        case MYSQL_TYPE_STRING, MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_VARCHAR, MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_BLOB,
            MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_GEOMETRY:
            field.charsetnr == binaryCharacterSet ? .blob : .text
        default: .text
        }
    }

    /// The number of the character set `binary`, which BINARY, VARBINARY and BLOB have.
    private static let binaryCharacterSet: UInt32 = 63

    /// Fetches the next row into `cells`; false after the last.
    func fetch() throws -> Bool {
        guard columns > 0, try step() else { return false }
        try refetchLongTexts()
        for column in 0..<columns {
            cells[column] = nulls[column] != 0 ? .null : cell(column)
        }
        return true
    }

    /// Passes over the next row; false after the last.
    func skip() throws -> Bool { try columns > 0 && step() }

    private func step() throws -> Bool {
        // One row, and what has come behind it in the same piece.
        statement.connection.allowRow()
        switch mysql_stmt_fetch(statement.handle) {
        case 0, MYSQL_DATA_TRUNCATED: return true
        case MYSQL_NO_DATA: return false
        default: throw statement.error()
        }
    }

    private func cell(_ column: Int) -> Cell {
        let buffer = buffers[column]
        let length = min(Int(clamping: lengths[column]), buffer.count)
        let bytes = { UnsafeRawBufferPointer(rebasing: buffer[..<length]) }
        return switch kinds[column] {
        case .integer: .integer(buffer.load(as: Int64.self))
        case .unsigned: unsigned(buffer.load(as: UInt64.self), column)
        case .bits: unsigned(buffer[..<min(length, 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }, column)
        case .real: .real(buffer.load(as: Double.self))
        case .float: .real(Double("\(buffer.load(as: Float.self))") ?? 0)
        case .decimal: .decimal(bytes())
        case .text: .text(bytes())
        case .blob: .blob(bytes())
        }
    }

    /// A whole number; beyond 63 bits its digits, which take the number's place in the buffer.
    private func unsigned(_ number: UInt64, _ column: Int) -> Cell {
        if let integer = Int64(exactly: number) { return .integer(integer) }
        let digits = String(number)
        buffers[column].copyBytes(from: digits.utf8)
        return .decimal(UnsafeRawBufferPointer(rebasing: buffers[column][..<digits.utf8.count]))
    }

    /// Fetches the texts that did not fit once more, and keeps the larger buffers for the rows to come.
    private func refetchLongTexts() throws {
        var isBindStale = false
        for column in 0..<columns where nulls[column] == 0 && kinds[column].isText {
            let length = Int(clamping: lengths[column])
            guard length <= WireInspector.largestPacket else { throw statement.error() }
            guard length > buffers[column].count else { continue }
            buffers[column].deallocate()
            buffers[column] = .allocate(byteCount: length, alignment: 8)
            binds[column].buffer = buffers[column].baseAddress
            binds[column].buffer_length = UInt(length)
            if mysql_stmt_fetch_column(statement.handle, binds + column, UInt32(column), 0) != 0 {
                throw statement.error()
            }
            isBindStale = true
        }
        // The statement keeps a copy of the binds, with the old addresses in it. Last, because binding again forgets where
        // the current row's other columns are.
        if isBindStale, mysql_stmt_bind_result(statement.handle, binds) != 0 { throw statement.error() }
    }
}
