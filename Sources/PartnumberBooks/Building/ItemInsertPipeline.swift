import Database
import Pipelines

/// A builder's items on their way into a table: merged, digested and laid out as the engine wants them on a thread of
/// their own, while the caller's thread waits for the database.
struct ItemInsertPipeline {
    private let builder: BookBuilder
    private let insert: any BulkInsert
    private let queue: BatchQueue<any BulkBatch>

    /// Batches on the way.
    private static let batches = 4

    /// - Parameter insert: takes PN, LOT, the flag and the description.
    init(_ builder: BookBuilder, into insert: any BulkInsert) {
        self.builder = builder
        self.insert = insert
        queue = BatchQueue(Self.batches) { insert.makeBatch() }
    }

    /// Inserts all items in order. To be called once.
    ///
    /// - Parameter progress: called after each batch with the number of items inserted so far.
    /// - Returns: the tallies of the whole book.
    /// - Throws: ``Pipelines/ThreadError``, and what either thread throws.
    func send(progress: (_ items: Int) throws -> Void) throws -> BookTallies {
        // Unsafe, because the builder comes back: only the thread uses it until it has been joined. The insert stays
        // here: its statement belongs to the caller's connection, and goes on the caller's thread.
        nonisolated(unsafe) let builder = builder
        let merging = try WorkerThread("merge") { [queue] in
            defer { queue.finish() }
            return try Self.fill(queue, from: builder)
        }
        defer {
            // A caller that stops half-way stops the other thread as well, and waits for it: it reads the builder's memory.
            queue.stop()
            merging.join()
        }
        try queue.drain { batch in
            try insert.send(batch)
            try progress(insert.rowsWritten)
        }
        return try merging.result()
    }

    private static func fill(_ queue: BatchQueue<any BulkBatch>, from builder: BookBuilder) throws -> BookTallies {
        let cells = ItemColumns.makeCells()
        defer { cells.deallocate() }
        return try queue.fill({ try $0.append($1) }) { append in
            try builder.finish { item in
                try append(item.fill(cells))
            }
        }
    }
}
