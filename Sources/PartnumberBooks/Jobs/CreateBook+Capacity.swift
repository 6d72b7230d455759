import Database

/// What one transaction may hold.
extension CreateBook {
    /// Looks whether a book fits into one transaction, before anything is written.
    ///
    /// What was collected is an upper bound of its items: only where that is too much are they merged to be counted.
    ///
    /// - Throws: `DatabaseError` of kind `full`.
    func requireCapacity(for builder: BookBuilder, on writer: any Connection) throws {
        let beside = try Self.rowsBesideItems(on: writer)
        do {
            try writer.checkCapacity(rows: builder.collected + beside, bytes: builder.collectedBytes)
        } catch let error as DatabaseError where error.kind == .full {
            var bytes = 0
            let tallies = try builder.finish { bytes += $0.byteCount }
            try writer.checkCapacity(rows: tallies.items + beside, bytes: bytes)
        }
    }

    /// How many changes of rows a publication writes beside its items: the header, its switch, the ledger's row and the fence's;
    /// the other header's switch; the record of both.
    private static func rowsBesideItems(on connection: any Connection) throws -> Int {
        try 4 + (BookRepository(connection).activeBook() == nil ? 0 : 1)
            + BookActivations(connection).rowsOfNextRecord()
    }
}

extension BookItem {
    /// Bytes of its texts.
    fileprivate var byteCount: Int { partnumber.count + lot.count + (description?.count ?? 0) }
}
