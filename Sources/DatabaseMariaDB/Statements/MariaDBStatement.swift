import CMariaDB
import Database
import ErrorModel

/// One prepared statement. Closed with its last reference, which ends a result that was not read to its end.
final class MariaDBStatement {
    let connection: MariaDBConnection
    let text: String
    let handle: UnsafeMutablePointer<MYSQL_STMT>

    /// Prepares a statement that is run many times.
    init(preparing text: String, on connection: MariaDBConnection) throws {
        self.connection = connection
        self.text = text
        guard let handle = mysql_stmt_init(try connection.pointer()) else {
            throw connection.error(statement: text)
        }
        // From here on deinit closes it, also when preparing fails: all stored properties are set.
        self.handle = handle
        connection.allowAnswer(marks: SQL.marks(in: text))
        if mysql_stmt_prepare(handle, text, UInt(text.utf8.count)) != 0 { throw error() }
    }

    /// Prepares and runs a statement in one round trip.
    init(executing sql: SQL, on connection: MariaDBConnection) throws {
        self.connection = connection
        text = sql.text
        guard let handle = mysql_stmt_init(try connection.pointer()) else {
            throw connection.error(statement: sql.text)
        }
        self.handle = handle
        // Both are sent before the first is answered, so how many marks the statement has must be known before.
        let marks = SQL.marks(in: sql.text)
        guard sql.binds.count == marks else {
            throw DatabaseError(
                kind: .misuse, engine: .mariadb, code: 0, message: "\(sql.binds.count) values for \(marks) marks",
                statement: text, place: connection.place)
        }
        var count = UInt32(marks)
        let parameters = ParameterMemory(sql.binds)
        try withExtendedLifetime(parameters) {
            if marks > 0 {
                mysql_stmt_attr_set(handle, STMT_ATTR_PREBIND_PARAMS, &count)
                if mysql_stmt_bind_param(handle, parameters.binds) != 0 { throw error() }
            }
            connection.allowAnswer(marks: marks)
            if mariadb_stmt_execute_direct(handle, text, text.utf8.count) != 0 { throw error() }
        }
    }

    deinit {
        mysql_stmt_close(handle)
    }

    var hasResult: Bool { mysql_stmt_field_count(handle) > 0 }
    var affectedRows: Int { Int(truncatingIfNeeded: mysql_stmt_affected_rows(handle)) }
    /// Beyond 63 bits the largest number there is: an id of that size is refused before anything is written.
    var lastInsertedID: Int64 { Int64(clamping: mysql_stmt_insert_id(handle)) }

    func error() -> DatabaseError {
        if let refusal = connection.refusal(of: text) { return refusal }
        let code = Int(mysql_stmt_errno(handle))
        // What goes wrong between two rows is noted on the connection only.
        guard code != 0 else { return connection.error(statement: text) }
        return connection.explained(
            MariaDBConnection.error(
                code: code, message: String(cString: mysql_stmt_error(handle)), statement: text,
                place: connection.place))
    }
}

/// Memory that `MYSQL_BIND` points into while a statement runs: it keeps raw pointers, so Swift temporaries will not do.
private final class ParameterMemory {
    let binds: UnsafeMutablePointer<MYSQL_BIND>
    private let count: Int
    private var buffers: [UnsafeMutableRawPointer] = []

    init(_ values: [Value]) {
        count = values.count
        binds = .allocate(capacity: max(1, count))
        binds.initialize(repeating: MYSQL_BIND(), count: max(1, count))
        for (index, value) in values.enumerated() {
            switch value {
            case .null:
                binds[index].buffer_type = MYSQL_TYPE_NULL
            case .integer(let integer):
                binds[index].buffer_type = MYSQL_TYPE_LONGLONG
                binds[index].buffer = own(of: integer)
            case .real(let real):
                binds[index].buffer_type = MYSQL_TYPE_DOUBLE
                binds[index].buffer = own(of: real)
            case .text(let text):
                let bytes = Array(text.utf8)
                let buffer = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 8)
                buffer.copyMemory(from: bytes, byteCount: bytes.count)
                buffers.append(buffer)
                binds[index].buffer_type = MYSQL_TYPE_STRING
                binds[index].buffer = buffer
                binds[index].buffer_length = UInt(bytes.count)
            }
        }
    }

    private func own<Number: BitwiseCopyable>(of number: Number) -> UnsafeMutableRawPointer {
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<Number>.size, alignment: 8)
        buffer.storeBytes(of: number, as: Number.self)
        buffers.append(buffer)
        return buffer
    }

    deinit {
        for buffer in buffers { buffer.deallocate() }
        binds.deallocate()
    }
}
