import CSQLite

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
    /// - Parameter statement: at a row whose column is a text that has not been fetched yet: SQLite would have converted it.
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
