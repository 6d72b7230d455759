import Database
import GRDBSQLite

/// How a file holds its texts; settled when it is made.
///
/// SQLite converts on the way, but not faithfully: into UTF-16 it turns U+FFFE and U+FFFF into U+FFFD, out of UTF-16 it makes
/// something of what is no text. So texts of a file in UTF-16 are converted here, and those in UTF-8 go through as they are.
enum SQLiteEncoding {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian

    /// - Parameter pragma: what `PRAGMA encoding` says.
    init(pragma: String?) {
        self =
            switch pragma {
            case "UTF-16le": .utf16LittleEndian
            case "UTF-16be": .utf16BigEndian
            default: .utf8
            }
    }

    /// Teaches `connection` to order texts by code points (``CodePointOrder``).
    func registerCollation(on connection: OpaquePointer) {
        switch self {
        case .utf8: break
        case .utf16LittleEndian:
            sqlite3_create_collation_v2(
                connection, CodePointOrder.collation, SQLITE_UTF16LE, nil,
                { _, leftCount, left, rightCount, right in
                    UTF16Text(left, leftCount, isBigEndian: false).order(
                        to: UTF16Text(right, rightCount, isBigEndian: false))
                }, nil)
        case .utf16BigEndian:
            sqlite3_create_collation_v2(
                connection, CodePointOrder.collation, SQLITE_UTF16BE, nil,
                { _, leftCount, left, rightCount, right in
                    UTF16Text(left, leftCount, isBigEndian: true).order(
                        to: UTF16Text(right, rightCount, isBigEndian: true))
                }, nil)
        }
    }

    /// The bytes of `utf8` in UTF-16 of this machine, behind a byte order mark: without it SQLite would take a text's own
    /// U+FEFF for one and drop it.
    static func utf16(_ utf8: UnsafeRawBufferPointer) -> [UInt16] {
        [0xFEFF] + String(decoding: utf8, as: UTF8.self).utf16
    }
}

/// A text in UTF-16, in SQLite's memory.
struct UTF16Text {
    private let bytes: UnsafeRawBufferPointer
    private let isBigEndian: Bool

    init(_ start: UnsafeRawPointer?, _ count: Int32, isBigEndian: Bool) {
        bytes = UnsafeRawBufferPointer(start: start, count: Int(count))
        self.isBigEndian = isBigEndian
    }

    /// Whole units; half of one may be left over.
    private var count: Int { bytes.count / 2 }

    private func unit(_ index: Int) -> UInt16 {
        let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
        return isBigEndian ? first << 8 | second : second << 8 | first
    }

    /// Negative, zero or positive, by code points.
    func order(to other: UTF16Text) -> Int32 {
        for index in 0..<min(count, other.count) {
            let (left, right) = (unit(index), other.unit(index))
            if left != right { return Self.rank(left) < Self.rank(right) ? -1 : 1 }
        }
        return count == other.count ? 0 : count < other.count ? -1 : 1
    }

    /// Surrogates are of code points above all others, though not above all units.
    private static func rank(_ unit: UInt16) -> UInt16 {
        switch unit {
        case 0xD800...0xDFFF: unit + 0x2000
        case 0xE000...: unit - 0x0800
        default: unit
        }
    }

    /// Bytes that ``write(to:)`` needs at most.
    var utf8Limit: Int { 3 * count + 1 }

    /// Writes the text in UTF-8. What is no text is no UTF-8 then either: a surrogate that is alone becomes the three bytes
    /// that would be its own, and half a unit the byte FF.
    ///
    /// - Returns: how many bytes were written.
    func write(to target: UnsafeMutableRawBufferPointer) -> Int {
        var written = 0
        func put(_ byte: UInt32) {
            target[written] = UInt8(truncatingIfNeeded: byte)
            written += 1
        }
        var index = 0
        while index < count {
            var scalar = UInt32(unit(index))
            index += 1
            if 0xD800...0xDBFF ~= scalar, index < count, 0xDC00...0xDFFF ~= unit(index) {
                scalar = 0x10000 + (scalar - 0xD800) << 10 + UInt32(unit(index) - 0xDC00)
                index += 1
            }
            switch scalar {
            case ..<0x80:
                put(scalar)
            case ..<0x800:
                put(0xC0 | scalar >> 6)
                put(0x80 | scalar & 0x3F)
            case ..<0x10000:
                put(0xE0 | scalar >> 12)
                put(0x80 | scalar >> 6 & 0x3F)
                put(0x80 | scalar & 0x3F)
            default:
                put(0xF0 | scalar >> 18)
                put(0x80 | scalar >> 12 & 0x3F)
                put(0x80 | scalar >> 6 & 0x3F)
                put(0x80 | scalar & 0x3F)
            }
        }
        if bytes.count % 2 == 1 { put(0xFF) }
        return written
    }
}

/// Memory for the current row's texts of a file in UTF-16, in UTF-8.
final class UTF16Memory {
    private let isBigEndian: Bool
    private var buffers: [Int: UnsafeMutableRawBufferPointer] = [:]

    /// Nil where texts are UTF-8 as they are.
    init?(_ encoding: SQLiteEncoding) {
        switch encoding {
        case .utf8: return nil
        case .utf16LittleEndian: isBigEndian = false
        case .utf16BigEndian: isBigEndian = true
        }
    }

    deinit {
        for buffer in buffers.values { buffer.deallocate() }
    }

    /// The column's text; valid until the next one of that column.
    ///
    /// - Parameter statement: at a row whose column is a text that has not been asked for yet: SQLite would have converted it.
    func utf8(_ column: Int, of statement: OpaquePointer) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, Int32(column))
        let text = UTF16Text(start, sqlite3_column_bytes(statement, Int32(column)), isBigEndian: isBigEndian)
        if let buffer = buffers[column], buffer.count < text.utf8Limit {
            buffer.deallocate()
            buffers[column] = nil
        }
        let buffer = buffers[column] ?? .allocate(byteCount: max(256, text.utf8Limit), alignment: 1)
        buffers[column] = buffer
        return UnsafeRawBufferPointer(rebasing: buffer[..<text.write(to: buffer)])
    }
}
