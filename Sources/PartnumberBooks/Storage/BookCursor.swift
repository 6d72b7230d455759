import Database
import Pipelines

/// A book's items one by one, in the book's order: read on a thread of its own, a few batches ahead.
final class BookCursor {
    private let queue = BatchQueue(4) { MappingBatch(bytes: 64 << 10) }
    private let reading: WorkerThread<Void>
    private var batch: MappingBatch?
    private var offset = 0

    /// The items of a stored book.
    ///
    /// - Parameter connection: used by nobody else until the cursor is gone.
    /// - Throws: ``ThreadError``.
    convenience init(_ book: Int64, on connection: any Connection) throws {
        try self.init { try BookRepository(connection).items.forEachItem(in: book, $0) }
    }

    /// The items that `read` hands over.
    ///
    /// - Parameter read: called on the cursor's thread; what it uses is used by nobody else until the cursor is gone.
    /// - Throws: `ThreadError`.
    init(_ read: @escaping (_ take: (BookItem) throws -> Void) throws -> Void) throws {
        // Unsafe, because a connection or a builder behind it outlives the cursor: see the parameter.
        nonisolated(unsafe) let read = read
        reading = try WorkerThread("read") { [queue] in
            defer { queue.finish() }
            let none = UnsafeRawBufferPointer(start: nil, count: 0)
            do {
                try queue.fill({ $0.append($1) }) { append in
                    try read { item in
                        try append(
                            MappingRow(
                                vendor: none, partnumber: item.partnumber, lot: item.lot,
                                description: item.description, isPrimary: item.isPrimary))
                    }
                }
            } catch is BatchQueueStopped {
                // The rest is not wanted.
            }
        }
    }

    deinit {
        queue.stop()
        reading.join()
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
            }
            batch = queue.next(after: batch)
            offset = 0
            if batch == nil {
                try reading.result()
                return nil
            }
        }
    }
}
