import ErrorModel

extension Connection {
    package func bulkInsert(into table: String, columns: [String]) throws -> any BulkInsert {
        try bulkInsert(into: table, columns: columns, fixed: [])
    }

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// When the rollback fails too, the thrown ``TransactionError`` has both errors.
    package func transaction<Result>(_ mode: TransactionMode, _ body: () throws -> Result) throws -> Result {
        try begin(mode)
        let result: Result
        do {
            result = try body()
            try commit()
        } catch {
            try rollback(after: error)
            throw error
        }
        return result
    }

    /// Undoes the open transaction because of `error`.
    ///
    /// - Throws: ``TransactionError`` with both errors when undoing fails too; but not on a lost connection, whose
    ///   transaction is undone without us.
    package func rollback(after error: any Error) throws {
        if error is any TransactionEnded { return }
        if let error = error as? DatabaseError, error.kind == .connectionLost { return }
        do {
            try rollback()
        } catch let rollbackError {
            throw TransactionError(cause: error, rollback: rollbackError)
        }
    }

    /// Whether `table` exists: a table or a view.
    ///
    /// - Throws: ``DatabaseError``; kind `missingRight` for one that exists but that this user may not read.
    package func hasTable(_ table: String) throws -> Bool { try columns(of: table) != nil }

    /// All rows of a small result.
    ///
    /// - Throws: ``DatabaseError`` of kind `unsupportedServer` for a result that is not small: a server may send rows without
    ///   end.
    package func rows<Element>(_ sql: SQL, _ transform: (Row) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        var bytes = 0
        try forEachRow(sql) { row in
            for cell in row.cells { bytes += cell.utf8.count }
            guard elements.count < ResultLimit.rows, bytes <= ResultLimit.bytes else {
                throw DatabaseError(
                    kind: .unsupportedServer, engine: engine, code: 0,
                    message:
                        "a result that should be small has more than \(ResultLimit.rows) rows or \(ResultLimit.bytes) bytes",
                    statement: sql.text, place: place)
            }
            elements.append(try transform(row))
        }
        return elements
    }

    /// The first row of a small result, or nil.
    package func first<Element>(_ sql: SQL, _ transform: (Row) throws -> Element) throws -> Element? {
        try rows(sql, transform).first
    }

    /// What `body` returns, or `absent` where `table` does not exist, as the statement itself finds out.
    package func ifPresent<Result>(_ table: String, else absent: Result, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError where error.kind == .missingTable && error.message.string.contains(table) {
            return absent
        }
    }

    /// Makes sure that `table` has no such column: the server hides a column that this account may not read.
    ///
    /// - Throws: ``DatabaseError``; kind `missingRight` for a column that exists.
    package func proveAbsence(ofColumn column: String, in table: String) throws {
        do {
            try execute("SELECT \(identifier: column) FROM \(identifier: table) LIMIT 0")
        } catch let error as DatabaseError where error.kind == .missingColumn {
            return
        }
    }

    /// The whole number that a query of one row and one column yields; zero for NULL.
    package func count(_ sql: SQL) throws -> Int {
        try first(sql) { Int($0.integer(0) ?? 0) } ?? 0
    }
}

/// What a result that is kept in memory may have at most.
private enum ResultLimit {
    static let rows = 1 << 20
    static let bytes = 256 << 20
}
