/// The catalogue's rows on their way to a builder: the rules look at them on a thread of their own while the next ones
/// are read.
struct RowPipeline {
    private let builder: BookBuilder
    private let conveyor = BatchQueue((0..<RowPipeline.batches).map { _ in MappingBatch(bytes: batchBytes) })

    /// Batches on the way, and bytes of each.
    private static let batches = 4
    private static let batchBytes = 128 << 10

    init(_ builder: BookBuilder) {
        self.builder = builder
    }

    /// Gives the builder every row that `read` hands over.
    func collect(_ read: ((MappingRow) throws -> Void) throws -> Void) throws {
        let building = WorkerThread("rules") { [builder, conveyor] in
            // The reader is not to wait for a builder that has refused a row.
            defer { conveyor.stop() }
            try conveyor.drain { batch in
                try batch.forEach(builder.add)
                batch.removeAll()
            }
        }
        defer {
            // Whoever stops half-way waits for the other thread.
            conveyor.finish()
            building.wait()
        }
        do {
            try conveyor.fill({ $0.append($1) }, read)
        } catch is BatchQueueStopped {
            // The builder refused a row; the reason is with the other thread.
        }
        conveyor.finish()
        try building.result()
        builder.close()
    }
}
