package import ErrorModel
package import PartnumberBooks

extension RunTally.Counted {
    /// What was read and counted, and what the book would have changed, in one line: `Rows read: 403, left out: 12 without a
    /// LOT, 4 ignored; items of the book: 546`.
    package var sentence: DisplayText {
        guard let changes else { return counts }
        return "\(counts). \(changes.sentence)"
    }

    private var counts: DisplayText {
        let reasons = tallies.excluded.reasons.map { "\($0.count.grouped) \($0.words)" as DisplayText }
        let leftOut: DisplayText = reasons.isEmpty ? "none" : reasons.joined(separator: ", ")
        guard isMerged else { return "Rows read: \(tallies.rows.grouped), left out: \(leftOut)" }
        return "Rows read: \(tallies.rows.grouped), left out: \(leftOut); items of the book: \(tallies.items.grouped)"
    }
}
