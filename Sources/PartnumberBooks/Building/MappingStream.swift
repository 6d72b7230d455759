/// The catalogue's rows on their way to a builder: the rules look at them on a thread of their own while the next ones
/// are read.
final class MappingStream: @unchecked Sendable {
    private let builder: BookBuilder
    private let conveyor = Conveyor((0..<MappingStream.batches).map { _ in MappingBatch(bytes: batchBytes) })

    /// Batches on the way, and bytes of each.
    private static let batches = 4
    private static let batchBytes = 128 << 10

    init(_ builder: BookBuilder) {
        self.builder = builder
    }

    /// Gives the builder every row that `read` hands over.
    func collect(_ read: ((MappingRow) throws -> Void) throws -> Void) throws {
        let building = Job("rules") { [builder, conveyor] in
            // The reader is not to wait for a builder that has refused a row.
            defer { conveyor.stop() }
            while let batch = conveyor.takeFull() {
                try batch.forEach(builder.add)
                batch.removeAll()
                conveyor.giveBack(batch)
            }
        }
        defer {
            // Whoever stops half-way waits for the other thread.
            conveyor.finish()
            building.wait()
        }
        do {
            try fill(read)
        } catch is ConveyorStopped {
            // The builder refused a row; the reason is with the other thread.
        }
        conveyor.finish()
        try building.result()
        builder.close()
    }

    private func fill(_ read: ((MappingRow) throws -> Void) throws -> Void) throws {
        guard var filling = conveyor.takeEmpty() else { throw ConveyorStopped() }
        try read { row in
            if filling.append(row) { return }
            conveyor.put(filling)
            guard let next = conveyor.takeEmpty() else { throw ConveyorStopped() }
            filling = next
            _ = filling.append(row)
        }
        conveyor.put(filling)
    }
}
