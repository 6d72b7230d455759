import Database

extension BulkInsert {
    /// Appends one row and then overwrites the memory it was handed over in: a bulk insert must have copied it.
    func append(_ values: [Value]) throws {
        var bytes: [UInt8] = []
        var texts: [Range<Int>?] = []
        for value in values {
            guard case .text(let text) = value else {
                texts.append(nil)
                continue
            }
            let start = bytes.count
            bytes.append(contentsOf: text.utf8)
            texts.append(start..<bytes.count)
        }
        try bytes.withUnsafeMutableBytes { memory in
            let cells = zip(values, texts).map { value, range in
                switch value {
                case .null: Cell.null
                case .integer(let integer): Cell.integer(integer)
                case .real(let real): Cell.real(real)
                case .text: Cell.text(UnsafeRawBufferPointer(rebasing: memory[range ?? 0..<0]))
                }
            }
            defer { for index in memory.indices { memory[index] = UInt8(ascii: "#") } }
            try cells.withUnsafeBufferPointer { try append($0) }
        }
    }
}

extension Connection {
    /// Inserts `rows` in bulk and returns how many the engine confirmed.
    @discardableResult
    func insertInBulk(into table: String, _ columns: [String], _ rows: [[Value]]) throws -> Int {
        let bulk = try bulkInsert(into: table, columns: columns)
        for row in rows { try bulk.append(row) }
        try bulk.flush()
        return bulk.rowsWritten
    }
}
