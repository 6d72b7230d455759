import Database

/// A book's items one by one, in the book's order: read on a thread of its own, a few batches ahead.
final class BookCursor: @unchecked Sendable {
    private let conveyor = BatchQueue((0..<4).map { _ in MappingBatch(bytes: 64 << 10) })
    private var reading: WorkerThread<Void>?
    private var batch: MappingBatch?
    private var offset = 0

    /// The items of a book that stands.
    ///
    /// - Parameter connection: used by nobody else until the cursor is gone.
    convenience init(_ book: Int64, on connection: any Connection) {
        self.init { try BookRepository(connection).forEachItem(of: book, $0) }
    }

    /// The items that `read` hands over.
    ///
    /// - Parameter read: called on the cursor's thread; what it uses is used by nobody else until the cursor is gone.
    init(_ read: @escaping (_ take: (BookItem) throws -> Void) throws -> Void) {
        nonisolated(unsafe) let read = read
        let conveyor = conveyor
        reading = WorkerThread("read") {
            defer { conveyor.finish() }
            let none = UnsafeRawBufferPointer(start: nil, count: 0)
            do {
                try conveyor.fill({ $0.append($1) }) { append in
                    try read { item in
                        try append(
                            MappingRow(
                                vendor: none, partnumber: item.partnumber, lot: item.lot,
                                description: item.description, isPrimary: item.isPrimary))
                    }
                }
            } catch is BatchQueueStopped {
                // Nobody wants the rest.
            }
        }
    }

    deinit {
        conveyor.stop()
        reading?.wait()
    }

    /// The next item, or nil after the last; valid until the next call.
    func next() throws -> BookItem? {
        while true {
            if let batch {
                if let row = batch.row(at: &offset) {
                    let lot = row.lot ?? UnsafeRawBufferPointer(start: nil, count: 0)
                    return BookItem(
                        partnumber: row.partnumber, lot: lot, isPrimary: row.isPrimary, description: row.description)
                }
                batch.removeAll()
                conveyor.giveBack(batch)
            }
            batch = conveyor.takeFull()
            offset = 0
            if batch == nil {
                try reading?.result()
                return nil
            }
        }
    }
}
