package import ErrorModel
package import PartnumberBooks

extension RunTally.Counted {
    /// What was read and counted, and what the book would have changed, in one line.
    package var sentence: DisplayText {
        let counts = BookTallies.sentence(
            rows: tallies.rows, excluded: tallies.excluded, items: isMerged ? tallies.items : nil)
        guard let changes else { return counts }
        return "\(counts). \(changes.sentence)"
    }
}

extension BookTallies {
    /// `Rows read: 403, left out: 12 without a LOT, 4 ignored; items of the book: 546`.
    static func sentence(rows: Int, excluded: Exclusions, items: Int?) -> DisplayText {
        let reasons = excluded.reasons.map { "\($0.count.grouped) \($0.words)" as DisplayText }.joined(separator: ", ")
        let leftOut: DisplayText = reasons.isEmpty ? "none" : reasons
        guard let items else { return "Rows read: \(rows.grouped), left out: \(leftOut)" }
        return "Rows read: \(rows.grouped), left out: \(leftOut); items of the book: \(items.grouped)"
    }
}
