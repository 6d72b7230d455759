/// What changed between two books, part number by part number.
package struct BookDiff: Sendable {
    /// Part numbers per kind of change. Each counts in exactly one of the first five; a `changed` one may count in both of
    /// the last two.
    package struct Counts: Sendable, Hashable, Encodable {
        package var same = 0
        package var added = 0
        package var removed = 0
        /// Other LOTs than before.
        package var remapped = 0
        /// The same LOTs, with another description or primary flag.
        package var changed = 0
        package var descriptions = 0
        package var primaryFlags = 0

        package init() {}

        /// Not the same in both.
        package var different: Int { added + removed + remapped + changed }
    }

    /// One item of a part number, without it.
    package struct Item: Sendable, Hashable {
        package var lotName: String
        package var isPrimary: Bool
        package var description: String?
    }

    /// A part number that is not the same in both books.
    package struct Change: Sendable, Hashable {
        package enum Kind: String, Sendable {
            case added
            case removed
            case remapped
            case changed
        }

        package var kind: Kind
        package var partnumber: String
        /// In the first book, ordered by LOT; empty where it was added.
        package var before: [Item]
        /// In the second book.
        package var after: [Item]
    }

    package private(set) var counts = Counts()
    /// In order of the part number; as many as the limit allowed.
    package private(set) var changes: [Change] = []

    /// Compares two books, whether they exist or are yet to be written.
    package static func compare(from first: DiffSide, to second: DiffSide, limit: Int) throws -> BookDiff {
        try compare(from: first.cursor(), to: second.cursor(), limit: limit)
    }

    /// - Parameter limit: how many changes are named; all are counted.
    static func compare(from first: BookCursor, to second: BookCursor, limit: Int) throws -> BookDiff {
        let merge = BookMerge(from: first, limit: limit)
        while let item = try second.next() { try merge.add(item) }
        return try merge.finish()
    }

    /// Byte for byte: a composed and a decomposed letter are two texts.
    package static func same(_ left: String?, _ right: String?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.utf8.elementsEqual(right.utf8)
        default: false
        }
    }

    // MARK: Counting

    mutating func addSame() { counts.same += 1 }

    mutating func addRemoved(_ group: ItemGroup, limit: Int) {
        counts.removed += 1
        if changes.count < limit { name(.removed, group.partnumber, group.items, []) }
    }

    mutating func addAdded(_ group: ItemGroup, limit: Int) {
        counts.added += 1
        if changes.count < limit { name(.added, group.partnumber, [], group.items) }
    }

    /// Adds a part number that both books have.
    mutating func add(_ before: ItemGroup, _ after: ItemGroup, limit: Int) {
        if before.hasSameItems(as: after) {
            addSame()
            return
        }
        let kind: Change.Kind
        if before.hasSameLots(as: after) {
            kind = .changed
            counts.changed += 1
            if !before.hasSameDescriptions(as: after) { counts.descriptions += 1 }
            if !before.hasSameFlags(as: after) { counts.primaryFlags += 1 }
        } else {
            kind = .remapped
            counts.remapped += 1
        }
        if changes.count < limit { name(kind, after.partnumber, before.items, after.items) }
    }

    private mutating func name(_ kind: Change.Kind, _ partnumber: String, _ before: [Item], _ after: [Item]) {
        changes.append(Change(kind: kind, partnumber: partnumber, before: before, after: after))
    }
}
