package import Database

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

    /// Compares two books.
    ///
    /// - Parameters:
    ///   - limit: how many changes are named; all are counted.
    ///   - connections: one for each book.
    package static func compare(
        from first: Int64, to second: Int64, limit: Int, on connections: (any Connection, any Connection)
    ) throws -> BookDiff {
        try compare(
            from: BookCursor(first, on: connections.0), to: BookCursor(second, on: connections.1), limit: limit)
    }

    /// Compares two books, whether they exist or are yet to be written.
    static func compare(from first: BookCursor, to second: BookCursor, limit: Int) throws -> BookDiff {
        var diff = BookDiff()
        var before = Groups(first)
        var after = Groups(second)
        var left = try before.next()
        var right = try after.next()
        while left != nil || right != nil {
            switch order(left, right) {
            case ..<0:
                diff.add(.removed, left, nil, limit)
                left = try before.next()
            case 1...:
                diff.add(.added, nil, right, limit)
                right = try after.next()
            default:
                diff.add(left, right, limit)
                left = try before.next()
                right = try after.next()
            }
        }
        return diff
    }

    private static func order(_ left: Groups.Group?, _ right: Groups.Group?) -> Int {
        guard let left else { return 1 }
        guard let right else { return -1 }
        if left.partnumber.utf8.elementsEqual(right.partnumber.utf8) { return 0 }
        return left.partnumber.utf8.lexicographicallyPrecedes(right.partnumber.utf8) ? -1 : 1
    }

    /// Adds a part number that both books have.
    private mutating func add(_ left: Groups.Group?, _ right: Groups.Group?, _ limit: Int) {
        guard let left, let right else { return }
        guard left.items.count == right.items.count,
            zip(left.items, right.items).allSatisfy({ $0.lotName.utf8.elementsEqual($1.lotName.utf8) })
        else { return add(.remapped, left, right, limit) }
        let pairs = zip(left.items, right.items)
        let describes = pairs.contains { !Self.same($0.description, $1.description) }
        let flags = pairs.contains { $0.isPrimary != $1.isPrimary }
        if !describes && !flags {
            counts.same += 1
            return
        }
        if describes { counts.descriptions += 1 }
        if flags { counts.primaryFlags += 1 }
        add(.changed, left, right, limit)
    }

    /// Byte for byte: a composed and a decomposed letter are two texts.
    package static func same(_ left: String?, _ right: String?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.utf8.elementsEqual(right.utf8)
        default: false
        }
    }

    private mutating func add(_ kind: Change.Kind, _ left: Groups.Group?, _ right: Groups.Group?, _ limit: Int) {
        switch kind {
        case .added: counts.added += 1
        case .removed: counts.removed += 1
        case .remapped: counts.remapped += 1
        case .changed: counts.changed += 1
        }
        guard changes.count < limit, let group = left ?? right else { return }
        changes.append(
            Change(kind: kind, partnumber: group.partnumber, before: left?.items ?? [], after: right?.items ?? []))
    }
}

/// A cursor's items, grouped by part number.
private struct Groups {
    struct Group {
        let partnumber: String
        var items: [BookDiff.Item]
    }

    private let cursor: BookCursor
    private var coming: (partnumber: String, item: BookDiff.Item)?
    private var isAtStart = true

    init(_ cursor: BookCursor) {
        self.cursor = cursor
    }

    mutating func next() throws -> Group? {
        if isAtStart { try advance() }
        isAtStart = false
        guard let first = coming else { return nil }
        var group = Group(partnumber: first.partnumber, items: [first.item])
        try advance()
        while let more = coming, more.partnumber.utf8.elementsEqual(group.partnumber.utf8) {
            group.items.append(more.item)
            try advance()
        }
        return group
    }

    private mutating func advance() throws {
        coming = try cursor.next().map { item in
            (
                String(decoding: item.partnumber, as: UTF8.self),
                BookDiff.Item(
                    lotName: String(decoding: item.lot, as: UTF8.self), isPrimary: item.isPrimary,
                    description: item.description.map { String(decoding: $0, as: UTF8.self) })
            )
        }
    }
}
