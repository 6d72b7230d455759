package import ErrorModel
package import PartnumberBooks

extension CreateReport {
    /// What was done, in one line: for the task's row.
    package var summary: DisplayText {
        isUnchanged
            ? "unchanged: \(book.version) stays active" : "\(book.version) is active with \(book.items.grouped) items"
    }

    /// What was done and what that changed, in one line: for a monitor, and for the journal of a quiet night.
    package var news: DisplayText {
        guard let changes, !isUnchanged else { return summary }
        return "\(summary). \(changes.sentence)"
    }
}

extension BookChanges {
    /// `Since PNBOOK-2026-11-20-001: 12 added, 3 removed, 90 re-mapped, 1 changed, 800 unchanged`.
    package var sentence: DisplayText {
        "Since \(since.version): \(counts.added.grouped) added, \(counts.removed.grouped) removed, "
            + "\(counts.remapped.grouped) re-mapped, \(counts.changed.grouped) changed, \(counts.same.grouped) unchanged"
    }
}

extension BookTallies.Exclusions {
    /// The reasons for which rows were excluded, in words, each with its number: those that occur.
    package var reasons: [(count: Int, words: DisplayText)] {
        [
            (emptyPartnumber, "without a part number"), (emptyLot, "without a LOT"), (ignored, "ignored"),
            (emptyBundle, "of an empty bundle"),
        ].filter { $0.0 > 0 }
    }
}
