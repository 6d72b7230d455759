import Database

/// A builder's items on their way into a table: merged, digested and laid out as the engine wants them on a thread of
/// their own, while the one before waits for its database.
struct ItemInsertPipeline {
    private let builder: BookBuilder
    private let insert: any BulkInsert
    private let conveyor: BatchQueue<any BulkBatch>

    /// Batches on the way.
    private static let batches = 4

    /// - Parameter insert: takes PN, LOT, the flag and the description.
    init(_ builder: BookBuilder, into insert: any BulkInsert) {
        self.builder = builder
        self.insert = insert
        conveyor = BatchQueue((0..<Self.batches).map { _ in insert.makeBatch() })
    }

    /// Inserts all items in order. To be called once.
    ///
    /// - Parameter progress: told after each batch how many items there are in.
    /// - Returns: the tallies of the whole book.
    func send(progress: (_ items: Int) throws -> Void) throws -> BookTallies {
        // Without the insert: its statement belongs to the caller's connection, and goes on the caller's thread.
        let merging = WorkerThread("merge") { [builder, conveyor] in
            defer { conveyor.finish() }
            return try Self.fill(conveyor, from: builder)
        }
        defer {
            // Whoever stops half-way stops the other thread as well, and waits for it: it reads the builder's memory.
            conveyor.stop()
            merging.wait()
        }
        try conveyor.drain { batch in
            try insert.send(batch)
            try progress(insert.rowsWritten)
        }
        return try merging.result()
    }

    private static func fill(_ conveyor: BatchQueue<any BulkBatch>, from builder: BookBuilder) throws -> BookTallies {
        let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: 4)
        cells.initialize(repeating: .null)
        defer { cells.deallocate() }
        return try conveyor.fill({ try $0.append($1) }) { append in
            try builder.finish { item in
                cells[0] = .text(item.partnumber)
                cells[1] = .text(item.lot)
                cells[2] = .integer(item.isPrimary ? 1 : 0)
                cells[3] = item.description.map(Cell.text) ?? .null
                try append(UnsafeBufferPointer(cells))
            }
        }
    }
}
