/// A row that goes into the book: a view, valid as long as the row.
struct IncludedRow {
    /// Trimmed.
    let partnumber: UnsafeRawBufferPointer
    /// Trimmed; perhaps a bundle.
    let lot: UnsafeRawBufferPointer
    /// Nil where it is missing or blank.
    let description: UnsafeRawBufferPointer?
    /// Nil where the LOT is not a bundle; never empty.
    let expansion: BundleMap.Expansion?

    /// Hands over an item for each LOT the row comes to, before merging.
    ///
    /// - Throws: `BookDataError` for a LOT too long for a book.
    func forEachItem(of row: MappingRow, _ body: (ItemRecord.Parts) throws -> Void) throws {
        var parts = ItemRecord.Parts(
            partnumber: partnumber, lot: lot, vendor: row.vendor, untrimmedPartnumber: row.partnumber,
            description: description, lotsOfRow: 1, isPrimary: row.isPrimary)
        guard let expansion else {
            try ColumnLimit.lot.check(lot, of: partnumber)
            try body(parts)
            return
        }
        parts.lotsOfRow = expansion.lots.count
        for var lot in expansion.lots {
            try lot.withUTF8 { utf8 in
                parts.lot = UnsafeRawBufferPointer(utf8)
                try ColumnLimit.lot.check(parts.lot, of: partnumber)
                try body(parts)
            }
        }
    }
}
