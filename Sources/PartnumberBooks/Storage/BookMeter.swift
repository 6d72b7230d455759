/// Follows a book's items one by one: counts and digests them, and sees how each is ordered to the one before.
struct BookMeter {
    /// Where an item comes in the book's order (<doc:BookRules#Rule-9-order>), seen from the one before.
    enum Place {
        case after
        /// The same PN and LOT again.
        case same
        case before
    }

    private var measure = BookSummary()
    private var digest = BookDigest()
    // Copied: an item's memory goes with the next one.
    private var partnumber: [UInt8] = []
    private var lot: [UInt8] = []

    /// Items so far.
    var items: Int { measure.items }

    @discardableResult
    mutating func add(_ item: BookItem) -> Place {
        let isFirst = measure.items == 0
        digest.add(item)
        measure.items += 1
        let order = isFirst ? 1 : partnumber.withUnsafeBytes { ItemRecord.compare(item.partnumber, $0) }
        if order != 0 {
            measure.partnumbers += 1
            partnumber.replaceAll(with: item.partnumber)
            lot.replaceAll(with: item.lot)
            return order > 0 ? .after : .before
        }
        let lotOrder = lot.withUnsafeBytes { ItemRecord.compare(item.lot, $0) }
        if lotOrder == 0 { return .same }
        lot.replaceAll(with: item.lot)
        return lotOrder > 0 ? .after : .before
    }

    /// What the items amount to; part numbers and digest count only where the items came in order.
    mutating func finish() -> BookSummary {
        measure.digest = digest.finish()
        return measure
    }
}
