import Database
import Pipelines

/// A book's items one by one, in the book's order: read on a thread of its own, a few batches ahead.
final class BookCursor {
    private let queue = BatchQueue(4) { MappingBatch(bytes: 64 << 10) }
    private let reading: WorkerThread<Void>
    private var batch: MappingBatch?
    private var offset = 0
    /// Emptied by the reader, but kept for the item that was its last.
    private var previous: MappingBatch?
    /// How long ``next()`` may still wait, in all; nil for as long as it takes.
    private var patience: Duration?

    /// The items of a stored book.
    ///
    /// - Parameter connection: used by nobody else until the cursor is gone.
    /// - Throws: ``ThreadError``.
    convenience init(_ book: Int64, on connection: any Connection) throws {
        try self.init { try BookRepository(connection).items.forEachItem(in: book, $0) }
    }

    /// The items of a stored book, for a reader that cannot wait for them.
    ///
    /// - Parameters:
    ///   - connection: used by nobody else until the cursor is gone.
    ///   - patience: how long ``next()`` may wait for items, in all; then it throws.
    ///   - needsOrder: fail where the engine would have to sort the items before it has the first.
    /// - Throws: ``ThreadError``.
    convenience init(
        _ book: Int64, on connection: any Connection, patience: Duration, needsOrder: Bool
    ) throws {
        try self.init {
            let items = BookRepository(connection).items
            if needsOrder, try !items.comeInOrder(in: book) { throw BookItems.NotInOrder() }
            try items.forEachItem(in: book, $0)
        }
        self.patience = patience
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

    /// The next item, or nil after the last; valid until the next call but one.
    ///
    /// - Throws: what reading throws; `BatchQueueStalled` once the patience is at an end.
    func next() throws -> BookItem? {
        while true {
            if let row = batch?.row(at: &offset) {
                let lot = row.lot ?? UnsafeRawBufferPointer(start: nil, count: 0)
                return BookItem(
                    partnumber: row.partnumber, lot: lot, isPrimary: row.isPrimary, description: row.description)
            }
            let emptied = previous
            emptied?.removeAll()
            previous = batch
            batch = nil
            batch = try nextBatch(after: emptied)
            offset = 0
            if batch == nil {
                try reading.result()
                return nil
            }
        }
    }

    private func nextBatch(after emptied: MappingBatch?) throws -> MappingBatch? {
        guard let patience else { return queue.next(after: emptied) }
        let began = ContinuousClock.now
        defer { self.patience = patience - (ContinuousClock.now - began) }
        return try queue.next(after: emptied, within: patience)
    }
}
