/// Rows in memory as the engine wants them. Not tied to a connection: any one thread at a time may fill it.
package protocol BulkBatch: AnyObject {
    /// The number of rows in the batch.
    var rows: Int { get }

    /// Copies one row, with a cell for each column in order; false where the batch is full. An empty batch takes any row.
    ///
    /// - Throws: ``DatabaseError`` for a row that the engine would not take.
    func append(_ row: UnsafeBufferPointer<Cell>) throws -> Bool
}
