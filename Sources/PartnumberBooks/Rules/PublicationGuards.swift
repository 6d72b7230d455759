package import ErrorModel

/// Why a book that could be built was not published (<doc:BookRules#Guards>). The active book is unchanged.
package enum GuardRefusal: Diagnosable, Hashable {
    case noItems(BookTallies)
    case shrunken(BookTallies, active: Int, version: String)

    package var text: DisplayText {
        switch self {
        case .noItems(let tallies):
            let reasons: DisplayText = tallies.reasons.isEmpty ? "" : ": \(tallies.reasons)"
            return
                "the book would have no items (\(tallies.rows.grouped) rows read, none kept\(reasons)), and an empty book is "
                + "never published; the active book is unchanged"
        case .shrunken(let tallies, let active, let version):
            let reasons: DisplayText = tallies.reasons.isEmpty ? "none" : tallies.reasons
            return
                "the book would have \(tallies.items.grouped) items, fewer than half of the \(active.grouped) in the active book "
                + "\(version); nothing was published. Rows read: \(tallies.rows.grouped), left out: \(reasons)"
        }
    }

    package var category: ErrorCategory { .refused }

    package var remedy: Remedy? {
        switch self {
        case .noItems(let tallies): .text(tallies.whereToLook)
        case .shrunken: .allowShrink
        }
    }
}

/// The two guards before a publication.
enum PublicationGuards {
    /// - Parameter active: the active book's items and version; nil where no book is active.
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
    /// How many rows were excluded for which reason: `17 528 without a LOT, 4 ignored`.
    fileprivate var reasons: DisplayText {
        let reasons: [(Int, DisplayText)] = [
            (excluded.emptyPartnumber, "without a part number"), (excluded.emptyLot, "without a LOT"),
            (excluded.ignored, "ignored"), (excluded.emptyBundle, "of an empty bundle"),
        ]
        return reasons.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" as DisplayText }.joined(separator: ", ")
    }

    /// For a book without items: where to look, by the reason that excluded most rows.
    fileprivate var whereToLook: DisplayText {
        if rows == 0 { return "Look at lot_partnumbers: it is empty. Is this the right database?" }
        let others = rows - excluded.ignored
        if let culprits, excluded.ignored > others { return culprits.text }
        if excluded.emptyLot * 2 > rows { return "Look at lot_partnumbers: are the LOTs filled in?" }
        if excluded.emptyBundle * 2 > rows {
            return "Look at qt_lot_bundle_items: the bundles that lot_partnumbers names have no components"
        }
        return "Look at lot_partnumbers: are part numbers and LOTs filled in?"
    }
}
