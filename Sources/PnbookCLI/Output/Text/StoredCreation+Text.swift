import ErrorModel
import Operations
import PartnumberBooks

extension StoredCreation {
    /// Much as the run has printed it.
    func text(_ style: TextStyle) -> DisplayText {
        let counted = counted
        let news: DisplayText = counted.changes.map { "\($0.sentence)\n" } ?? ""
        var table = counted.table
        let kept = retention.kept.count
        if kept > 0 { table.add("kept", DisplayText(kept.grouped), kept.noun("book")) }
        let gone: [(DisplayText, [Retention.Decision])] = [
            ("removed", retention.removed), ("held back", retention.held),
        ]
        for (verdict, books) in gone {
            for book in books {
                table.add(
                    verdict, DisplayText(book.id.map { String($0) } ?? ""),
                    "\(book.version): \(book.reasons.first ?? "")")
            }
        }
        let digest: DisplayText = book.digest.map { "\n  \($0)\n" } ?? ""
        let notes: DisplayText = warnings.isEmpty ? "" : "\n"
        return "\(head)\n\(news)\n\(table.text(style))\(digest)\(notes)\(lines)"
    }

    private var head: DisplayText {
        guard let version = book.version, let id = book.id else { return "No book was published." }
        return unchanged
            ? "Unchanged: a new book would have equalled \(version) (id \(id))."
            : "\(version) (id \(id)) was published."
    }

    private var lines: DisplayText {
        warnings.map { warning -> DisplayText in "  warning: \(warning)\n" }.joined()
    }
}
