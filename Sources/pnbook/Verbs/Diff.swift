import ArgumentParser
import Database
import PartnumberBooks

/// `pnbook diff A B`: what changed from one book to another.
struct Diff: Command {
    static let configuration = CommandConfiguration(
        abstract: "What changed between two books: part numbers added, removed, re-mapped, changed.",
        discussion: """
            Exits 0 whether the books differ or not. A part number is re-mapped when its LOTs are others than before, and \
            changed when its LOTs are the same and a description or the primary flag is not.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The older book: an id, a version, or 'active'.", valueName: "a"))
    var first: String

    @Argument(help: ArgumentHelp("The newer book: an id, a version, or 'active'.", valueName: "b"))
    var second: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many part numbers are named; 0 for all. (default: 50 in the table, all in JSON)", valueName: "count"))
    var limit: Int?

    mutating func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must be 0 or more") }
    }

    mutating func run(_ context: AppContext) throws {
        let connections = (try context.connect(for: .read), try context.connect(for: .read))
        defer {
            connections.0.close()
            connections.1.close()
        }
        // Each book is found and read at one instant: one that is removed meanwhile is not half a book.
        try connections.0.begin(.snapshot)
        try connections.1.begin(.snapshot)
        let before = try BookRepository(connections.0).book(named: first)
        let after = try BookRepository(connections.1).book(named: second)
        let limit = limit ?? (context.isJSON ? 0 : 50)
        let diff = try BookDiff(
            from: before.id, to: after.id, limit: limit == 0 ? .max : limit, on: connections)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(diff, before, after)))
        } else if !context.isQuiet {
            try context.output.write(diff.text(from: before.version, to: after.version))
        }
    }

    private struct Document: Encodable {
        struct Book: Encodable {
            let id: Int64
            let version: String
        }

        struct Change: Encodable {
            let partnumber: String
            let change: String
            let before: [Item]
            let after: [Item]
        }

        struct Item: Encodable {
            let lotName: String
            let isPrimaryPn: Bool
            @ExplicitNull var description: String?

            init(_ item: BookDiff.Item) {
                lotName = item.lotName
                isPrimaryPn = item.isPrimary
                description = item.description
            }
        }

        let schema = 1
        let from: Book
        let to: Book
        /// Part numbers.
        let counts: BookDiff.Counts
        let changes: [Change]

        init(_ diff: BookDiff, _ before: BookHeader, _ after: BookHeader) {
            from = Book(id: before.id, version: before.version)
            to = Book(id: after.id, version: after.version)
            counts = diff.counts
            changes = diff.changes.map { change in
                Change(
                    partnumber: change.partnumber, change: change.kind.rawValue, before: change.before.map(Item.init),
                    after: change.after.map(Item.init))
            }
        }
    }
}

extension BookDiff {
    fileprivate func text(from first: String, to second: String) -> String {
        var text = "From \(first) to \(second):\n\n"
        var sums = TextTable([.left, .right, .left], indent: "  ")
        sums.add("added", counts.added.grouped, counts.added.noun("part number"))
        sums.add("removed", counts.removed.grouped, counts.removed.noun("part number"))
        sums.add("re-mapped", counts.remapped.grouped, "to other LOTs")
        sums.add("changed", counts.changed.grouped, changedFields)
        sums.add("the same", counts.same.grouped, "")
        text += sums.text
        if changes.isEmpty { return text }
        var table = TextTable([.left, .left, .left], indent: "  ")
        for change in changes { table.add(Self.sign(of: change.kind), change.partnumber, change.words) }
        text += "\n" + table.text
        let rest = counts.different - changes.count
        if rest > 0 { text += "\n  and \(rest.grouped) more; --limit 0 names them all\n" }
        return text
    }

    private var changedFields: String {
        let parts = [(counts.descriptions, "description"), (counts.primaryFlags, "primary flag")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0.grouped) in \($0.1)" }.joined(separator: ", ")
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
    fileprivate var words: String {
        switch kind {
        case .added: Self.lots(after)
        case .removed: Self.lots(before)
        case .remapped: Self.lots(before) + " -> " + Self.lots(after)
        case .changed:
            zip(before, after).compactMap(Self.difference).joined(separator: "; ")
        }
    }

    private static func lots(_ items: [BookDiff.Item]) -> String {
        items.map(\.lotName).joined(separator: ", ")
    }

    private static func difference(_ before: BookDiff.Item, _ after: BookDiff.Item) -> String? {
        var parts: [String] = []
        if before.isPrimary != after.isPrimary { parts.append(after.isPrimary ? "now primary" : "no longer primary") }
        if !BookDiff.same(before.description, after.description) {
            parts.append("\(quoted(before.description)) -> \(quoted(after.description))")
        }
        return parts.isEmpty ? nil : "\(after.lotName): " + parts.joined(separator: ", ")
    }

    private static func quoted(_ description: String?) -> String {
        guard let description else { return "no description" }
        return "'" + (description.count > 60 ? description.prefix(59) + "…" : description) + "'"
    }
}
