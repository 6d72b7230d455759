import Database
import Pipelines

/// A builder's items on their way into a table: merged, digested and laid out as the engine wants them on a thread of
/// their own, while the caller's thread waits for the database.
struct ItemInsertPipeline {
    private let builder: BookBuilder
    private let insert: any BulkInsert
    private let counter: ChangeCounter?
    private let queue: BatchQueue<any BulkBatch>

    /// Batches on the way.
    private static let batches = 4

    /// - Parameters:
    ///   - insert: takes PN, LOT, the flag and the description.
    ///   - counter: is shown every item as well, on the other thread.
    init(_ builder: BookBuilder, into insert: any BulkInsert, counter: ChangeCounter?) {
        self.builder = builder
        self.insert = insert
        self.counter = counter
        queue = BatchQueue(Self.batches) { insert.makeBatch() }
    }

    /// Inserts all items in order. To be called once.
    ///
    /// - Parameter progress: called after each batch with the number of items inserted so far.
    /// - Returns: the tallies of the whole book.
    /// - Throws: ``Pipelines/ThreadError``, and what either thread throws.
    func send(progress: (_ items: Int) throws -> Void) throws -> BookTallies {
        // Unsafe, because both come back: only the thread uses them until it has been joined. The insert stays here: its
        // statement belongs to the caller's connection, and goes on the caller's thread.
        nonisolated(unsafe) let builder = builder
        nonisolated(unsafe) let counter = counter
        let merging = try WorkerThread("merge") { [queue] in
            defer { queue.finish() }
            return try Self.fill(queue, from: builder, counter)
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

    private static func fill(
        _ queue: BatchQueue<any BulkBatch>, from builder: BookBuilder, _ counter: ChangeCounter?
    ) throws -> BookTallies {
        let cells = ItemColumns.makeCells()
        defer { cells.deallocate() }
        return try queue.fill({ try $0.append($1) }) { append in
            try builder.finish { item in
                try append(item.fill(cells))
                counter?.add(item)
            }
        }
    }
}
