/// Merges a book, item by item as it is handed over, with the book before it: the one definition of what changed.
///
/// Both come in the order of a book (<doc:BookRules#Rule-9-order>), so one part number of each is held at a time, however large
/// the books are.
final class BookMerge {
    private let first: BookCursor
    private let limit: Int
    private var diff = BookDiff()
    private var isFirstOpen = false
    /// The first book's next item; valid until the cursor moves on.
    private var coming: BookItem?
    private var before = ItemGroup()
    private var after = ItemGroup()

    /// - Parameters:
    ///   - first: the book before.
    ///   - limit: how many changes are named; all are counted.
    init(from first: BookCursor, limit: Int) {
        self.first = first
        self.limit = limit
    }

    /// Takes the second book's next item.
    ///
    /// - Throws: what reading the first book throws.
    func add(_ item: BookItem) throws {
        if !after.isEmpty, !after.owns(item) { try settle() }
        after.append(item)
    }

    /// To be called after the second book's last item.
    func finish() throws -> BookDiff {
        try openFirst()
        if !after.isEmpty { try settle() }
        while !before.isEmpty {
            diff.addRemoved(before, limit: limit)
            try advance()
        }
        return diff
    }

    /// Counts the second book's part number that has become complete, and those of the first one before it.
    private func settle() throws {
        try openFirst()
        while !before.isEmpty, before.order(to: after) < 0 {
            diff.addRemoved(before, limit: limit)
            try advance()
        }
        if !before.isEmpty, before.order(to: after) == 0 {
            diff.add(before, after, limit: limit)
            try advance()
        } else {
            diff.addAdded(after, limit: limit)
        }
        after.removeAll()
    }

    private func openFirst() throws {
        guard !isFirstOpen else { return }
        isFirstOpen = true
        coming = try first.next()
        try advance()
    }

    /// Moves on to the first book's next part number.
    private func advance() throws {
        before.removeAll()
        while let item = coming, before.isEmpty || before.owns(item) {
            before.append(item)
            coming = try first.next()
        }
    }
}
