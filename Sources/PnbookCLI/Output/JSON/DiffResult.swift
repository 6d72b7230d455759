import ErrorModel
import Operations
import PartnumberBooks

/// The result of `diff`.
struct DiffResult: CommandResult {
    struct Change: Encodable {
        let partnumber: String
        let change: String
        let before: [ItemObject]
        let after: [ItemObject]
    }

    let from: BookReference
    let to: BookReference
    /// Part numbers.
    let counts: BookDiff.Counts
    let changes: [Change]

    private let diff: BookDiff

    private enum CodingKeys: CodingKey {
        case from, to, counts, changes
    }

    init(_ diff: BookDiff, _ before: BookHeader, _ after: BookHeader) {
        from = BookReference(before)
        to = BookReference(after)
        self.diff = diff
        counts = diff.counts
        changes = diff.changes.map { change in
            Change(
                partnumber: change.partnumber, change: change.kind.rawValue, before: change.before.map(ItemObject.init),
                after: change.after.map(ItemObject.init))
        }
    }

    func text(_ style: TextStyle) -> DisplayText { diff.text(from: from.version, to: to.version, style) }
}
