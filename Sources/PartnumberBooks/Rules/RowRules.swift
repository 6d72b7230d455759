/// What becomes of one row of the catalogue: <doc:BookRules#Rule-1-every-row-is-a-candidate> to
/// <doc:BookRules#Rule-7-empty-bundles>, and its description of <doc:BookRules#Rule-8-merging>.
///
/// The one place that decides it, both for making a book and for explaining why a part number is not in one.
struct RowRules {
    private(set) var ignoreRules: IgnoreRules
    let bundles: BundleMap

    /// The first reason that applies, or what the row becomes.
    ///
    /// - Throws: ``BookDataError`` for a reached cycle, or a part number or description too long for a book.
    func outcome(of row: MappingRow) throws -> RowOutcome {
        let partnumber = Whitespace.trimmed(row.partnumber)
        if partnumber.isEmpty { return .excluded(.emptyPartnumber) }
        guard let lot = row.lot.map(Whitespace.trimmed), !lot.isEmpty else { return .excluded(.emptyLot) }
        if ignoreRules.matches(partnumber) { return .excluded(.ignored) }
        try ColumnLimit.partnumber.check(partnumber, of: partnumber)
        let description = row.description.flatMap { Whitespace.trimmed($0).isEmpty ? nil : $0 }
        if let description { try ColumnLimit.description.check(description, of: partnumber) }
        let expansion = try expansion(of: lot, for: partnumber)
        if let expansion, expansion.lots.isEmpty { return .excluded(.emptyBundle) }
        return .kept(IncludedRow(partnumber: partnumber, lot: lot, description: description, expansion: expansion))
    }

    private func expansion(
        of lot: UnsafeRawBufferPointer, for partnumber: UnsafeRawBufferPointer
    ) throws -> BundleMap.Expansion? {
        do {
            return try bundles.expansion(of: lot)
        } catch let cycle as BundleCycle {
            throw BookDataError.cycle(cycle, partnumber: String(decoding: partnumber, as: UTF8.self))
        }
    }

    /// To be called after the last row: frees the memory of the ignore rules.
    mutating func close() {
        ignoreRules = IgnoreRules()
    }
}

/// What becomes of a row.
enum RowOutcome {
    case excluded(ExclusionReason)
    case kept(IncludedRow)
}

/// Why a row is excluded, in the order in which the reasons are checked
/// (<doc:BookRules#One-reason-for-each-excluded-row>).
package enum ExclusionReason: String, Sendable {
    case emptyPartnumber = "empty_partnumber"
    case emptyLot = "empty_lot"
    case ignored
    case emptyBundle = "empty_bundle"
}

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
    /// - Throws: ``BookDataError`` for a LOT too long for a book.
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
