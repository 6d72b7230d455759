import ErrorModel
import Operations
import PartnumberBooks

extension BookDiff {
    func text(from first: DisplayText, to second: DisplayText, _ style: TextStyle) -> DisplayText {
        var text: DisplayText = "From \(first) to \(second):\n\n"
        var sums = TextTable([.left, .right, .left], indent: "  ")
        sums.add("added", DisplayText(counts.added.grouped), counts.added.noun("part number"))
        sums.add("removed", DisplayText(counts.removed.grouped), counts.removed.noun("part number"))
        sums.add("re-mapped", DisplayText(counts.remapped.grouped), "to other LOTs")
        sums.add("changed", DisplayText(counts.changed.grouped), changedFields)
        sums.add("the same", DisplayText(counts.same.grouped), "")
        text += sums.text(style)
        if changes.isEmpty { return text }
        var table = TextTable([.left, .left, .left], indent: "  ")
        for change in changes {
            table.add(
                DisplayText(Self.sign(of: change.kind)), DisplayText(change.partnumber), change.summary)
        }
        text += "\n" + table.text(style)
        let rest = counts.different - changes.count
        if rest > 0 { text += "\n  and \(rest.grouped) more; --limit 0 names them all\n" }
        return text
    }

    private var changedFields: DisplayText {
        let parts: [(Int, DisplayText)] = [(counts.descriptions, "description"), (counts.primaryFlags, "primary flag")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0.grouped) in \($0.1)" as DisplayText }.joined(separator: ", ")
    }

    private static func sign(of kind: Change.Kind) -> String {
        switch kind {
        case .added: "+"
        case .removed: "-"
        case .remapped: "~"
        case .changed: "="
        }
    }
}

extension BookDiff.Change {
    fileprivate var summary: DisplayText {
        switch kind {
        case .added: Self.lots(after)
        case .removed: Self.lots(before)
        case .remapped: "\(Self.lots(before)) -> \(Self.lots(after))"
        case .changed:
            zip(before, after).compactMap(Self.difference).joined(separator: "; ")
        }
    }

    private static func lots(_ items: [BookDiff.Item]) -> DisplayText {
        DisplayText(items.map(\.lotName).joined(separator: ", "))
    }

    private static func difference(_ before: BookDiff.Item, _ after: BookDiff.Item) -> DisplayText? {
        var parts: [DisplayText] = []
        if before.isPrimary != after.isPrimary { parts.append(after.isPrimary ? "now primary" : "no longer primary") }
        if !BookDiff.same(before.description, after.description) {
            parts.append("\(quoted(before.description)) -> \(quoted(after.description))")
        }
        return parts.isEmpty ? nil : "\(after.lotName): \(parts.joined(separator: ", "))"
    }

    private static func quoted(_ description: String?) -> DisplayText {
        guard let description else { return "no description" }
        return "'\(description.cut(to: 60))'"
    }
}
