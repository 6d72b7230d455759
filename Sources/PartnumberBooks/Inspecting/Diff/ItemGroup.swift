/// A copy of all items of one part number, ordered by LOT, in memory that is used again for the next one.
struct ItemGroup {
    private struct Entry: Equatable {
        /// Where the LOT ends in `texts`, and the description that follows it.
        let lotEnd: Int
        let end: Int
        let hasDescription: Bool
        let isPrimary: Bool
    }

    private var name: [UInt8] = []
    private var texts: [UInt8] = []
    private var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    /// Empties it, for the items of another part number.
    mutating func removeAll() {
        texts.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds an item: of any part number where it is empty, else of its own.
    mutating func append(_ item: BookItem) {
        if entries.isEmpty { name.replaceAll(with: item.partnumber) }
        texts.append(contentsOf: item.lot)
        let lotEnd = texts.count
        if let description = item.description { texts.append(contentsOf: description) }
        entries.append(
            Entry(
                lotEnd: lotEnd, end: texts.count, hasDescription: item.description != nil, isPrimary: item.isPrimary))
    }

    /// Whether an item is of this part number.
    func owns(_ item: BookItem) -> Bool {
        name.withUnsafeBytes { ItemRecord.areEqual($0, item.partnumber) }
    }

    /// Negative, zero or positive: the order of the part numbers by their bytes.
    func order(to item: BookItem) -> Int { name.withUnsafeBytes { ItemRecord.compare($0, item.partnumber) } }

    // MARK: Comparing

    func hasSameItems(as other: ItemGroup) -> Bool {
        entries == other.entries && Self.compare(texts[...], other.texts[...]) == 0
    }

    func hasSameLots(as other: ItemGroup) -> Bool {
        entries.count == other.entries.count
            && entries.indices.allSatisfy { Self.compare(lot($0), other.lot($0)) == 0 }
    }

    /// Of a group with the same LOTs.
    func hasSameDescriptions(as other: ItemGroup) -> Bool {
        entries.indices.allSatisfy { index in
            entries[index].hasDescription == other.entries[index].hasDescription
                && Self.compare(description(index), other.description(index)) == 0
        }
    }

    /// Of a group with the same LOTs.
    func hasSameFlags(as other: ItemGroup) -> Bool {
        entries.map(\.isPrimary) == other.entries.map(\.isPrimary)
    }

    private func lot(_ index: Int) -> ArraySlice<UInt8> {
        texts[(index == 0 ? 0 : entries[index - 1].end)..<entries[index].lotEnd]
    }

    private func description(_ index: Int) -> ArraySlice<UInt8> { texts[entries[index].lotEnd..<entries[index].end] }

    private static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        left.withUnsafeBytes { left in right.withUnsafeBytes { ItemRecord.compare(left, $0) } }
    }

    // MARK: For people

    var partnumber: String { String(decoding: name, as: UTF8.self) }

    var items: [BookDiff.Item] {
        entries.indices.map { index in
            BookDiff.Item(
                lotName: String(decoding: lot(index), as: UTF8.self), isPrimary: entries[index].isPrimary,
                description: entries[index].hasDescription
                    ? String(decoding: description(index), as: UTF8.self) : nil)
        }
    }
}
