/// A row of the catalogue, copied out of the engine's memory byte for byte.
struct OwnedRow {
    let vendor: [UInt8]
    let partnumber: [UInt8]
    let lot: [UInt8]?
    let description: [UInt8]?
    let isPrimary: Bool

    init(_ row: MappingRow) {
        vendor = Array(row.vendor)
        partnumber = Array(row.partnumber)
        lot = row.lot.map { Array($0) }
        description = row.description.map { Array($0) }
        isPrimary = row.isPrimary
    }

    /// The row as the rules look at it.
    func withView<Result>(_ body: (MappingRow) throws -> Result) rethrows -> Result {
        try vendor.withUnsafeBytes { vendor in
            try partnumber.withUnsafeBytes { partnumber in
                try (lot ?? []).withUnsafeBytes { lot in
                    try (description ?? []).withUnsafeBytes { description in
                        try body(
                            MappingRow(
                                vendor: vendor, partnumber: partnumber, lot: self.lot == nil ? nil : lot,
                                description: self.description == nil ? nil : description, isPrimary: isPrimary))
                    }
                }
            }
        }
    }

    /// Vendor, then PN, by bytes: the order in which descriptions are tried (<doc:BookRules#Rule-8-merging>). The LOT only
    /// for a table without the catalogue's key.
    static func precedes(_ left: OwnedRow, _ right: OwnedRow) -> Bool {
        for (left, right) in [
            (left.vendor, right.vendor), (left.partnumber, right.partnumber), (left.lot ?? [], right.lot ?? []),
        ] where left != right {
            return left.lexicographicallyPrecedes(right)
        }
        return false
    }
}
