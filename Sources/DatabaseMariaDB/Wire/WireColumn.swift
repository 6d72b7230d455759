import CMariaDB

/// How a column's values are laid out in a row of a prepared statement.
enum WireColumn: Hashable {
    case fixed(Int)
    case date
    case time
    case text

    /// Nil for a type that the client library does not know either: it would look beyond its table of types.
    init?(type: UInt8) {
        switch enum_field_types(UInt32(type)) {
        case MYSQL_TYPE_NULL: self = .fixed(0)
        case MYSQL_TYPE_TINY: self = .fixed(1)
        case MYSQL_TYPE_SHORT, MYSQL_TYPE_YEAR: self = .fixed(2)
        case MYSQL_TYPE_LONG, MYSQL_TYPE_INT24, MYSQL_TYPE_FLOAT: self = .fixed(4)
        case MYSQL_TYPE_LONGLONG, MYSQL_TYPE_DOUBLE: self = .fixed(8)
        case MYSQL_TYPE_DATE, MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP: self = .date
        case MYSQL_TYPE_TIME: self = .time
        case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL, MYSQL_TYPE_VARCHAR, MYSQL_TYPE_BIT, MYSQL_TYPE_JSON,
            MYSQL_TYPE_ENUM, MYSQL_TYPE_SET, MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB,
            MYSQL_TYPE_BLOB, MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_STRING, MYSQL_TYPE_GEOMETRY:
            self = .text
        default: return nil
        }
    }

    /// Skips one value.
    @inline(__always)
    func skip(_ reader: inout WireReader) throws(WireFault) {
        switch self {
        case .fixed(let size): try reader.skip(size)
        case .text: try reader.text()
        case .date: try Self.skipDate(&reader)
        case .time: try Self.skipTime(&reader)
        }
    }

    private static let noInstant = WireFault.malformed("a date or time that there cannot be")

    private static func skipDate(_ reader: inout WireReader) throws(WireFault) {
        let length = try reader.byte()
        guard [0, 4, 7, 11].contains(length) else { throw noInstant }
        guard length > 0 else { return }
        let (year, month, day) = (try reader.number(2), try reader.byte(), try reader.byte())
        guard year <= 9999, month <= 12, day <= 31 else { throw noInstant }
        if length > 4 { try skipClock(&reader, micros: length == 11) }
    }

    private static func skipTime(_ reader: inout WireReader) throws(WireFault) {
        let length = try reader.byte()
        guard [0, 8, 12].contains(length) else { throw noInstant }
        guard length > 0 else { return }
        // The sign, and the days: of 838 hours at most.
        let (sign, days) = (try reader.byte(), try reader.number(4))
        guard sign <= 1, days <= 34 else { throw noInstant }
        try skipClock(&reader, micros: length == 12)
    }

    private static func skipClock(_ reader: inout WireReader, micros: Bool) throws(WireFault) {
        let (hour, minute, second) = (try reader.byte(), try reader.byte(), try reader.byte())
        guard hour <= 23, minute <= 59, second <= 59 else { throw noInstant }
        if micros, try reader.number(4) > 999_999 { throw noInstant }
    }
}
