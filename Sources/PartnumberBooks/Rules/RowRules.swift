/// What becomes of one row of the catalogue: <doc:BookRules#Rule-1-every-row-is-a-candidate> to
/// <doc:BookRules#Rule-7-empty-bundles>, and its description of <doc:BookRules#Rule-8-merging>.
///
/// The one place that decides it, both for making a book and for explaining why a part number is not in one.
struct RowRules {
    private(set) var ignoreRules: IgnoreRules
    let bundles: BundleMap

    /// The first reason that applies, or what the row becomes.
    ///
    /// - Throws: `BookDataError` for a reached cycle, or a part number or description too long for a book.
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
