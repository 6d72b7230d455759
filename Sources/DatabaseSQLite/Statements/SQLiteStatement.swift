import CSQLite
import Database
import ErrorModel

/// One prepared statement, stepped by hand: rows stream as bytes. Finalized with its last reference, which ends a result
/// that was not read to its end.
final class SQLiteStatement {
    let connection: SQLiteConnection
    let text: String
    private let handle: OpaquePointer
    /// Nil where texts are UTF-8 as they are.
    private let memory: UTF16Memory?

    /// SQLite copies what it is given before the call returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    /// Something to point at for the empty text.
    private static let empty: StaticString = ""

    init(preparing text: String, on connection: SQLiteConnection) throws {
        self.connection = connection
        self.text = text
        memory = UTF16Memory(connection.encoding)
        let pointer = try connection.pointer()
        var handle: OpaquePointer?
        var hasMore = false
        let (code, codeOfRest) = text.withCString { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(pointer, text, -1, &handle, &tail)
            guard code == SQLITE_OK else { return (code, SQLITE_OK) }
            // SQLite prepares the first statement and would silently drop the rest.
            var next: OpaquePointer?
            let codeOfRest = sqlite3_prepare_v2(pointer, tail, -1, &next, nil)
            hasMore = next != nil || codeOfRest & 0xFF == SQLITE_ERROR
            sqlite3_finalize(next)
            return (code, codeOfRest)
        }
        guard code == SQLITE_OK, let handle else { throw connection.error(statement: text) }
        // From here on deinit finalizes it: all stored properties are set.
        self.handle = handle
        guard !hasMore else { throw misuse("more than one statement") }
        // An interruption, say, between the two.
        guard codeOfRest == SQLITE_OK else { throw connection.error(statement: text) }
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func reset() {
        sqlite3_reset(handle)
    }

    var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// SQLite itself treats a mark without a value as NULL.
    private func checkCount(_ values: Int) throws {
        let marks = Int(sqlite3_bind_parameter_count(handle))
        guard values == marks else { throw misuse("\(values) values for \(marks) marks") }
    }

    func bind(_ values: [Value]) throws {
        try checkCount(values.count)
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            switch value {
            case .null: try check(sqlite3_bind_null(handle, position))
            case .integer(let integer): try check(sqlite3_bind_int64(handle, position, integer))
            case .real(let real): try check(sqlite3_bind_double(handle, position, real))
            case .text(var text):
                try check(
                    text.withUTF8 { utf8 in
                        if memory != nil {
                            let units = SQLiteEncoding.utf16(UnsafeRawBufferPointer(utf8))
                            return sqlite3_bind_text16(
                                handle, position, units, Int32(2 * units.count), Self.transient)
                        }
                        return utf8.withMemoryRebound(to: CChar.self) { bytes in
                            // An empty buffer may have no address, which SQLite would treat as NULL.
                            sqlite3_bind_text(
                                handle, position, bytes.baseAddress ?? Self.empty.cString, Int32(bytes.count),
                                Self.transient)
                        }
                    })
            }
        }
    }

    /// Binds the batch as the one argument of `pnbook_rows`; it must stay as it is until the statement has ended.
    func bind(_ batch: SQLiteBatch) throws {
        try check(
            sqlite3_bind_pointer(
                handle, 1, Unmanaged.passUnretained(batch).toOpaque(), SQLiteBatch.pointerType.cString, nil))
    }

    /// True while there is a row.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw connection.error(statement: text)
        }
    }

    /// Puts the current row's values into `cells`; text stays in SQLite's memory until the next step.
    func fill(_ cells: UnsafeMutableBufferPointer<Cell>) {
        for index in cells.indices {
            let column = Int32(index)
            switch sqlite3_column_type(handle, column) {
            case SQLITE_NULL: cells[index] = .null
            case SQLITE_INTEGER: cells[index] = .integer(sqlite3_column_int64(handle, column))
            case SQLITE_FLOAT: cells[index] = .real(sqlite3_column_double(handle, column))
            case SQLITE_BLOB:
                let bytes = sqlite3_column_blob(handle, column)
                let count = Int(sqlite3_column_bytes(handle, column))
                cells[index] = .blob(UnsafeRawBufferPointer(start: bytes, count: count))
            default:
                if let memory {
                    cells[index] = .text(memory.utf8(index, of: handle))
                    continue
                }
                let bytes = sqlite3_column_text(handle, column)
                let count = Int(sqlite3_column_bytes(handle, column))
                cells[index] = .text(UnsafeRawBufferPointer(start: bytes, count: count))
            }
        }
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw connection.error(statement: text) }
    }

    private func misuse(_ message: DisplayText) -> DatabaseError {
        SQLiteConnection.error(code: SQLITE_MISUSE, message: message, statement: text, place: connection.place)
    }
}
