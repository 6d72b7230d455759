/// Batches that one thread fills and another empties. Few exist at any time, so the faster thread waits, and memory stays
/// bounded.
///
/// A batch need not be `Sendable`: each is with the thread that fills it, with the one that empties it, or in the queue.
package final class BatchQueue<Batch>: Sendable {
    @usableFromInline let full = ParcelQueue<Batch>()
    @usableFromInline let empty = ParcelQueue<Batch>()

    /// - Parameters:
    ///   - count: of the batches; there will never be more.
    ///   - make: makes an empty one.
    package init(_ count: Int, _ make: () -> sending Batch) {
        for _ in 0..<count { empty.put(Parcel(batch: make())) }
    }

    // MARK: The filling side

    /// Fills batch after batch with what `produce` hands over. To be followed by ``finish()``, also after an error.
    ///
    /// - Parameter append: copies a row into a batch; false where the batch is full. An empty batch takes any row.
    /// - Throws: ``BatchQueueStopped`` once the other side has stopped.
    // Called for every row: in its caller's module the compiler can make one piece of it and the two closures.
    @inlinable package func fill<Row, Outcome>(
        _ append: @escaping (Batch, Row) throws -> Bool, _ produce: ((Row) throws -> Void) throws -> Outcome
    ) throws -> Outcome {
        var filling = try takeEmpty()
        let outcome = try produce { row in
            if try append(filling.batch, row) { return }
            full.put(filling)
            filling = try takeEmpty()
            _ = try append(filling.batch, row)
        }
        full.put(filling)
        return outcome
    }

    @usableFromInline func takeEmpty() throws -> Parcel<Batch> {
        guard let parcel = empty.take() else { throw BatchQueueStopped() }
        return parcel
    }

    /// No more batches will follow.
    package func finish() {
        full.shut()
    }

    // MARK: The emptying side

    /// Waits for the next full batch; nil after the last.
    ///
    /// - Parameter emptied: the batch before, emptied, to be filled again; not to be used by the caller any more.
    package func next(after emptied: Batch?) -> Batch? {
        if let emptied { empty.put(Parcel(batch: emptied)) }
        return full.take()?.batch
    }

    /// Waits for the next full batch like ``next(after:)``, but for `limit` at most.
    ///
    /// - Throws: `BatchQueueStalled` where none has come by then; the emptied batch has been taken back all the same.
    package func next(after emptied: Batch?, within limit: Duration) throws -> Batch? {
        if let emptied { empty.put(Parcel(batch: emptied)) }
        guard full.isReady(within: limit) else { throw BatchQueueStalled() }
        return full.take()?.batch
    }

    /// Hands over each full batch, and gives it back to be filled again; `body` empties it, and keeps nothing of it.
    package func drain(_ body: (Batch) throws -> Void) rethrows {
        var batch = next(after: nil)
        while let full = batch {
            try body(full)
            batch = next(after: full)
        }
    }

    /// Stops the filling side, which then fails with ``BatchQueueStopped``.
    package func stop() {
        empty.shut()
    }
}

/// A batch on its way to another thread.
///
/// `@unchecked Sendable`, because ownership of a batch moves with its parcel. The compiler cannot follow that: rows are
/// views of memory of the filling thread, and it treats a batch into which one has been copied as part of that thread.
@usableFromInline struct Parcel<Batch>: @unchecked Sendable {
    @usableFromInline let batch: Batch
}

/// Parcels in order, from one thread to another.
@usableFromInline final class ParcelQueue<Batch>: Sendable {
    private struct State: Sendable {
        var parcels: [Parcel<Batch>] = []
        var isShut = false
    }

    private let state = Monitor(State())

    @usableFromInline func put(_ parcel: Parcel<Batch>) {
        state.withLock { $0.parcels.append(parcel) }
    }

    /// Waits for a parcel; nil once the queue is shut and empty.
    @usableFromInline func take() -> Parcel<Batch>? {
        state.wait(until: { !$0.parcels.isEmpty || $0.isShut }) { state in
            state.parcels.isEmpty ? nil : state.parcels.removeFirst()
        }
    }

    /// Waits until ``take()`` would return at once; false where `limit` has passed before.
    func isReady(within limit: Duration) -> Bool {
        state.wait(for: limit) { !$0.parcels.isEmpty || $0.isShut }
    }

    func shut() {
        state.withLock { $0.isShut = true }
    }
}

/// The other side of a batch queue wants no more rows.
package struct BatchQueueStopped: Error {
    package init() {}
}

/// The filling side of a batch queue has not filled a batch in time.
package struct BatchQueueStalled: Error, CustomStringConvertible {
    package init() {}

    package var description: String { "its items did not arrive in time" }
}
