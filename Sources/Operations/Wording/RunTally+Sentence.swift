package import PartnumberBooks

extension RunTally.Counted {
    /// What was read and counted, and what the book would have changed, in one line: `Rows read: 403, left out: 12 without a
    /// LOT, 4 ignored; items of the book: 546`.
    package var sentence: String {
        let reasons = tallies.excluded.reasons.map { "\($0.count.grouped) \($0.words)" }.joined(separator: ", ")
        let leftOut = reasons.isEmpty ? "none" : reasons
        let rows = "Rows read: \(tallies.rows.grouped), left out: \(leftOut)"
        let counts = isMerged ? "\(rows); items of the book: \(tallies.items.grouped)" : rows
        guard let changes else { return counts }
        return "\(counts). \(changes.sentence)"
    }
}
