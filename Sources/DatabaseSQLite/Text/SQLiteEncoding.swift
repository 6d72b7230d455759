import CSQLite
import Database

/// How a file holds its texts; settled when it is made.
///
/// SQLite converts on the way, but not faithfully: into UTF-16 it turns U+FFFE and U+FFFF into U+FFFD, out of UTF-16 it makes
/// something of what is not a text. So texts of a file in UTF-16 are converted here, and those in UTF-8 go through as they are.
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

    /// Teaches `connection` to order texts by code points (`CodePointOrder`).
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
    /// U+FEFF as one and drop it.
    static func utf16(_ utf8: UnsafeRawBufferPointer) -> [UInt16] {
        [0xFEFF] + String(decoding: utf8, as: UTF8.self).utf16
    }
}
