/// Merges a book, item by item as it is handed over, with the book before it: the one definition of what changed.
///
/// Both come in the order of a book (<doc:BookRules#Rule-9-order>), so one part number of each is held at a time, however large
/// the books are. From one night to the next most items are the same, and those are compared where they lie: a part number is
/// copied only once its items differ, or from its second item on.
final class BookMerge {
    private let first: BookCursor
    private let limit: Int
    private var diff = BookDiff()
    private var isFirstOpen = false
    /// The first book's next item.
    private var coming: BookItem?
    /// The last one of the open part number's items while all of them so far are the same in both books; those before it are
    /// in ``before``. It was ``coming``, so the cursor has moved on once since.
    private var common: BookItem?
    private var before = ItemGroup()
    /// The second book's open part number, where its items are not the same.
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
        try openFirst()
        if let common {
            if common.hasPartnumber(of: item) {
                if let coming, coming.isSame(as: item) {
                    before.append(common)
                    try match(coming)
                } else {
                    separate(common)
                    after.append(item)
                }
                return
            }
            try settle(common)
        } else if !after.isEmpty {
            if after.owns(item) {
                after.append(item)
                return
            }
            try settle()
        }
        if let coming, coming.isSame(as: item) {
            try match(coming)
        } else {
            after.append(item)
        }
    }

    /// To be called after the second book's last item.
    func finish() throws -> BookDiff {
        try openFirst()
        if let common { try settle(common) } else if !after.isEmpty { try settle() }
        while coming != nil { try removeNext() }
        return diff
    }

    private func openFirst() throws {
        guard !isFirstOpen else { return }
        isFirstOpen = true
        coming = try first.next()
    }

    private func match(_ item: BookItem) throws {
        common = item
        coming = try first.next()
    }

    /// Copies the part number that was the same so far, for it is no longer.
    private func separate(_ item: BookItem) {
        before.append(item)
        after = before
        common = nil
    }

    /// Counts the open part number, whose items in the second book are the first book's up to this one.
    private func settle(_ last: BookItem) throws {
        if let coming, coming.hasPartnumber(of: last) {
            separate(last)
            try settle()
        } else {
            diff.addSame()
            common = nil
            before.removeAll()
        }
    }

    /// Counts the second book's part number in ``after``, and those of the first book that come before it.
    private func settle() throws {
        while let coming, after.order(to: coming) > 0 { try removeNext() }
        try takeRest(of: after)
        if before.isEmpty {
            diff.addAdded(after, limit: limit)
        } else {
            diff.add(before, after, limit: limit)
        }
        before.removeAll()
        after.removeAll()
    }

    private func removeNext() throws {
        guard let coming else { return }
        before.append(coming)
        self.coming = try first.next()
        try takeRest(of: before)
        diff.addRemoved(before, limit: limit)
        before.removeAll()
    }

    /// Takes the items of a part number that the first book still has.
    private func takeRest(of group: ItemGroup) throws {
        while let coming, group.owns(coming) {
            before.append(coming)
            self.coming = try first.next()
        }
    }
}
