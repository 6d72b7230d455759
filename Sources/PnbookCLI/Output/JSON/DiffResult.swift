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

    /// A side by its names: for the catalogue the word, and no id.
    struct Side: Encodable {
        @ExplicitNull var id: Int64?
        let version: String

        init(_ side: DiffSide) {
            id = side.book?.id
            version = side.book?.version ?? DiffSide.catalogueName
        }
    }

    let from: Side
    let to: Side
    /// Part numbers.
    let counts: BookDiff.Counts
    let changes: [Change]

    private let diff: BookDiff

    private enum CodingKeys: CodingKey {
        case from, to, counts, changes
    }

    init(_ diff: BookDiff, _ before: DiffSide, _ after: DiffSide) {
        from = Side(before)
        to = Side(after)
        self.diff = diff
        counts = diff.counts
        changes = diff.changes.map { change in
            Change(
                partnumber: change.partnumber, change: change.kind.rawValue, before: change.before.map(ItemObject.init),
                after: change.after.map(ItemObject.init))
        }
    }

    func text(_ style: TextStyle) -> DisplayText { diff.text(from: Self.name(from), to: Self.name(to), style) }

    private static func name(_ side: Side) -> DisplayText {
        side.id == nil ? "the catalogue as it is now" : DisplayText(side.version)
    }
}
