/// A bulk insert under way.
///
/// Rows are buffered: an error may be about a row appended earlier. ``rowsWritten`` says how far the engine got.
package protocol BulkInsert: AnyObject {
    /// Makes an empty batch, which another thread may fill while this one sends others.
    func makeBatch() -> sending any BulkBatch

    /// Inserts the rows of a batch that ``makeBatch()`` made, and empties it. After an error the batch is unchanged.
    func send(_ batch: any BulkBatch) throws

    /// The batch that ``append(_:)`` fills.
    var filling: any BulkBatch { get }

    /// Rows the engine has confirmed.
    var rowsWritten: Int { get }
}

extension BulkInsert {
    /// Copies one row, with a cell for each column in order, and sends when a batch is full.
    package func append(_ row: UnsafeBufferPointer<Cell>) throws {
        if try filling.append(row) { return }
        try send(filling)
        _ = try filling.append(row)
    }

    /// Sends what is still buffered.
    package func flush() throws {
        if filling.rows > 0 { try send(filling) }
    }
}
