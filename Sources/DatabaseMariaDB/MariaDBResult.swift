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
        switch field.type {
        case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG, MYSQL_TYPE_YEAR:
            (type, size) = (MYSQL_TYPE_LONGLONG, 8)
        case MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE:
            (type, size) = (MYSQL_TYPE_DOUBLE, 8)
        default:
            (type, size) = (MYSQL_TYPE_STRING, min(Self.usualText, max(64, Int(field.length))))
        }
        buffers[column] = .allocate(byteCount: size, alignment: 8)
        binds[column].buffer_type = type
        binds[column].buffer = buffers[column].baseAddress
        binds[column].buffer_length = UInt(size)
        binds[column].length = lengths + column
        binds[column].is_null = nulls + column
        binds[column].error = truncated + column
    }

    /// Fetches the next row into ``cells``; false after the last.
    func fetch() throws -> Bool {
        guard columns > 0 else { return false }
        switch mysql_stmt_fetch(statement.handle) {
        case 0: break
        case MYSQL_DATA_TRUNCATED: break
        case MYSQL_NO_DATA: return false
        default: throw statement.error()
        }
        for column in 0..<columns {
            if nulls[column] != 0 {
                cells[column] = .null
                continue
            }
            switch binds[column].buffer_type {
            case MYSQL_TYPE_LONGLONG:
                cells[column] = .integer(buffers[column].load(as: Int64.self))
            case MYSQL_TYPE_DOUBLE:
                cells[column] = .real(buffers[column].load(as: Double.self))
            default:
                let length = Int(lengths[column])
                if length > buffers[column].count { try refetch(column, length) }
                cells[column] = .text(UnsafeRawBufferPointer(rebasing: buffers[column][..<length]))
            }
        }
        return true
    }

    /// Fetches a text that did not fit once more, and keeps the larger buffer for the rows to come.
    private func refetch(_ column: Int, _ length: Int) throws {
        buffers[column].deallocate()
        buffers[column] = .allocate(byteCount: length, alignment: 8)
        binds[column].buffer = buffers[column].baseAddress
        binds[column].buffer_length = UInt(length)
        if mysql_stmt_fetch_column(statement.handle, binds + column, UInt32(column), 0) != 0 { throw statement.error() }
        // The statement keeps a copy of the binds, with the old address in it.
        if mysql_stmt_bind_result(statement.handle, binds) != 0 { throw statement.error() }
    }
}
