import Pipelines

/// The catalogue's rows on their way to a builder: the rules look at them on a thread of their own while the next ones
/// are read.
struct RowPipeline {
    private let builder: BookBuilder
    private let queue = BatchQueue(batches) { MappingBatch(bytes: batchBytes) }

    /// Batches on the way, and bytes of each.
    private static let batches = 4
    private static let batchBytes = 128 << 10

    init(_ builder: BookBuilder) {
        self.builder = builder
    }

    /// Gives the builder every row that `read` hands over.
    ///
    /// - Throws: ``Pipelines/ThreadError``, what `read` throws, and what the builder throws for a row.
    func collect(_ read: ((MappingRow) throws -> Void) throws -> Void) throws {
        // Unsafe, because the builder comes back: only the thread uses it until it has been joined.
        nonisolated(unsafe) let builder = builder
        let building = try WorkerThread("rules") { [queue] in
            // The reader must not wait for a builder that has refused a row.
            defer { queue.stop() }
            try queue.drain { batch in
                try batch.forEachRow(builder.add)
                batch.removeAll()
            }
        }
        defer {
            // A reader that stops half-way waits for the other thread.
            queue.finish()
            building.join()
        }
        do {
            try queue.fill({ $0.append($1) }, read)
        } catch is BatchQueueStopped {
            // The builder refused a row; the reason is with the other thread.
        }
        queue.finish()
        try building.result()
        builder.close()
    }
}
