/// The rules of a book (<doc:BookRules>): rows go in, ordered items and tallies come out. Knows no database.
///
/// Each row is looked at once. Only the ignore rules and the bundle map are held in memory; the items pass through an
/// ``ItemSorter`` in bounded memory.
final class BookBuilder {
    private var rules: RowRules
    private let sorter: ItemSorter
    private var tallies = BookTallies()
    /// In use until the first row is kept; nil afterwards.
    private var culprits: IgnoreCulprits?

    init(ignoreRules: IgnoreRules, bundles: BundleMap, sorter: ItemSorter) {
        rules = RowRules(ignoreRules: ignoreRules, bundles: bundles)
        self.sorter = sorter
        tallies.bundles = bundles.count
        tallies.ignoreRules = ignoreRules.count
        culprits = IgnoreCulprits(ignoreRules)
    }

    /// Rows taken so far.
    var rows: Int { tallies.rows }

    /// Items collected so far, before merging.
    var collected: Int { sorter.count }

    /// Bytes of their texts.
    var collectedBytes: Int { sorter.bytes }

    /// What is known of the rows before their items are merged.
    var talliesOfRows: BookTallies { tallies }

    /// Takes one row.
    ///
    /// - Throws: `BookDataError` for a reached cycle or a text too long for a book.
    func add(_ row: MappingRow) throws {
        tallies.rows += 1
        switch try rules.outcome(of: row) {
        case .excluded(let reason):
            tallies.excluded.add(reason)
            if reason == .ignored { culprits?.add(Whitespace.trimmed(row.partnumber)) }
        case .kept(let kept):
            culprits = nil
            try add(kept, of: row)
        }
    }

    private func add(_ kept: IncludedRow, of row: MappingRow) throws {
        if let expansion = kept.expansion {
            tallies.expandedRows += 1
            if expansion.losesQuantity { tallies.quantitiesDropped += 1 }
            // Each path to a LOT is an item; a second one to the same LOT is merged away at once.
            tallies.mergedDuplicates = tallies.mergedDuplicates.addingSaturated(
                expansion.paths - expansion.lots.count)
        }
        do {
            try kept.forEachItem(of: row) { try sorter.append($0) }
        } catch SpillError.recordTooLarge(let bytes) {
            // PN, LOT and description have limits of their own: what is left is what the book does not hold.
            throw BookDataError.rowTooLarge(
                bytes: bytes, vendor: Excerpt.quoted(row.vendor), partnumber: Excerpt.quoted(row.partnumber))
        }
    }

    /// To be called after the last row: frees the memory of the ignore rules.
    func close() {
        rules.close()
        tallies.culprits = culprits?.verdict()
        culprits = nil
    }

    /// Hands over the items merged and in order, and finds the conflicts. To be called after the last row, any number of
    /// times.
    ///
    /// - Returns: the tallies of the whole book.
    func finish(emit: (BookItem) throws -> Void) throws -> BookTallies {
        var tallies = tallies
        var merger = ItemMerger()
        var digest = BookDigest()
        func emitAndDigest(_ item: BookItem) throws {
            digest.add(item)
            try emit(item)
        }
        try sorter.forEachSorted { try merger.add($0, emit: emitAndDigest) }
        try merger.finish(emit: emitAndDigest)
        tallies.items = merger.items
        tallies.partnumbers = merger.partnumbers
        tallies.mergedDuplicates = tallies.mergedDuplicates.addingSaturated(merger.merged)
        tallies.conflicts = merger.conflicts
        tallies.conflictSample = merger.conflictSample
        tallies.digest = digest.finish()
        tallies.unreachedCycle = rules.bundles.unreachedCycle()
        return tallies
    }
}
