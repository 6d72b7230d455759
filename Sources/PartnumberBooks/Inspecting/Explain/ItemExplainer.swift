/// Merges a part number's rows as a book does, and remembers which row contributed what.
final class ItemExplainer {
    private let sorter: ItemSorter
    /// Of each row with items: its vendor, untrimmed PN and description, by which a record is recognised.
    private var owners: [(row: Int, vendor: [UInt8], partnumber: [UInt8], description: [UInt8]?)] = []

    init(sorter: ItemSorter) {
        self.sorter = sorter
    }

    /// Takes one item of a row; all items of a row one after another.
    func append(_ parts: ItemRecord.Parts, of row: Int) throws {
        if owners.last?.row != row {
            owners.append(
                (row, Array(parts.vendor), Array(parts.untrimmedPartnumber), parts.description.map { Array($0) }))
        }
        try sorter.append(parts)
    }

    /// The items in a book's order, and the part numbers in conflict.
    func finish() throws -> (items: [ExplainedItem], conflicts: [String]) {
        var merger = ItemMerger()
        var items: [ExplainedItem] = []
        var conflicts: [String] = []
        // Of the item being merged.
        var rows: [Int] = []
        var descriptionRow: Int?
        func take(_ item: BookItem) {
            items.append(ExplainedItem(item: StoredItem(item), rows: rows, descriptionRow: descriptionRow))
        }
        func noteConflict(since count: Int) {
            if merger.conflicts > count, let last = items.last { conflicts.append(last.item.partnumber) }
        }
        try sorter.forEachSorted { record in
            let count = merger.conflicts
            try merger.add(record, emit: take)
            noteConflict(since: count)
            if merger.hasBegunItem { (rows, descriptionRow) = ([], nil) }
            guard let row = owner(of: record, except: rows) else { return }
            rows.append(row)
            if merger.hasGivenDescription { descriptionRow = row }
        }
        let count = merger.conflicts
        try merger.finish(emit: take)
        noteConflict(since: count)
        return (items, conflicts)
    }

    /// The row that a record was made from. Rows with equal values, in a table without the catalogue's key, take turns.
    private func owner(of record: ItemRecord, except known: [Int]) -> Int? {
        owners.first { owner in
            owner.vendor.elementsEqual(record.vendor)
                && owner.partnumber.elementsEqual(record.untrimmedPartnumber)
                && Self.same(owner.description, record.description) && !known.contains(owner.row)
        }?.row
    }

    private static func same(_ left: [UInt8]?, _ right: UnsafeRawBufferPointer?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.elementsEqual(right)
        default: false
        }
    }
}
