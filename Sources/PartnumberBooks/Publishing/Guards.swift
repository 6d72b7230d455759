/// Why a book that could be built was not published (CONTRACT 3, *Guards*). The active book is unchanged.
package enum GuardRefusal: Error, Hashable, CustomStringConvertible {
    case noItems(BookTallies)
    case shrunken(BookTallies, active: Int, version: String)

    package var description: String {
        switch self {
        case .noItems(let tallies):
            "the book would have no items, and an empty book is never published; the active book is unchanged. "
                + "\(tallies.account). \(tallies.reasonForNothing)"
        case .shrunken(let tallies, let active, let version):
            "the book would have \(tallies.items.grouped) items, fewer than half of the \(active.grouped) in the active book "
                + "\(version); nothing was published. \(tallies.account). If that is right, run again with --allow-shrink"
        }
    }
}

/// The two guards before a publication.
enum Guards {
    /// - Parameter active: the active book's items and version; nil where there is none.
    static func check(
        _ tallies: BookTallies, active: (items: Int, version: String)?, allowShrink: Bool
    ) throws(GuardRefusal) {
        if tallies.items == 0 { throw .noItems(tallies) }
        if let active, !allowShrink, tallies.items * 2 < active.items {
            throw .shrunken(tallies, active: active.items, version: active.version)
        }
    }
}

extension BookTallies {
    /// What was read, and what was left out for which reason, in one sentence.
    fileprivate var account: String {
        let parts = [
            (excluded.emptyPartnumber, "without a part number"), (excluded.emptyLot, "without a LOT"),
            (excluded.ignored, "ignored"), (excluded.emptyBundle, "of an empty bundle"),
        ].filter { $0.0 > 0 }
        let out = excluded.total
        let read =
            "Of \(rows.grouped) \(rows == 1 ? "row" : "rows") read, \(out.grouped) \(out == 1 ? "is" : "are") left out"
        return parts.isEmpty
            ? read : read + ": " + parts.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    }

    /// Where to look, for a book without items: at the reason that took the most.
    fileprivate var reasonForNothing: String {
        if rows == 0 { return "lot_partnumbers is empty: is this the right database?" }
        let most = max(excluded.emptyPartnumber, excluded.emptyLot, excluded.ignored, excluded.emptyBundle)
        if let culprits, excluded.ignored == most { return culprits.description }
        return switch most {
        case excluded.emptyLot: "Look at lot_partnumbers: are the LOTs filled in?"
        case excluded.emptyBundle: "Look at qt_lot_bundle_items: do the bundles have components?"
        default: "Look at lot_partnumbers: are the part numbers filled in?"
        }
    }
}

extension Int {
    /// With a blank between groups of three digits, as reports have it: `23 580`.
    fileprivate var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(" ") }
            text.append(digit)
        }
        return self < 0 ? "-" + text : text
    }
}
