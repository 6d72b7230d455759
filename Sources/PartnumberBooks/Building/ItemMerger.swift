/// Merges sorted records into items and finds the conflicts (<doc:BookRules#Rule-8-merging>,
/// <doc:BookRules#Rule-11-conflicts>).
struct ItemMerger {
    private(set) var items = 0
    private(set) var partnumbers = 0
    private(set) var merged = 0
    private(set) var conflicts = 0
    /// The first conflicting part numbers, in order.
    private(set) var conflictSample: [String] = []
    /// The last record began a new item.
    private(set) var hasBegunItem = false
    /// The last record gave the item its description.
    private(set) var hasGivenDescription = false

    /// How many conflicting part numbers are named.
    static let sampleSize = 20

    // A copy of the item being merged: a record's memory is reused for the next one.
    private var partnumber: [UInt8] = []
    private var lot: [UInt8] = []
    private var description: [UInt8] = []
    private var hasDescription = false
    private var isPrimary = false
    private var isOpen = false
    // The part number being looked at: its LOTs so far, and the smallest number of LOTs any of its rows has.
    private var lotsOfPartnumber = 0
    private var fewestLotsOfRow = Int.max

    /// Takes the next record in order; hands over the item before it once that is complete.
    mutating func add(_ record: ItemRecord, emit: (BookItem) throws -> Void) throws {
        let samePartnumber = isOpen && Self.equal(record.partnumber, partnumber)
        let sameLot = samePartnumber && Self.equal(record.lot, lot)
        if !sameLot {
            if isOpen { try hand(over: emit) }
            if !samePartnumber {
                closePartnumber()
                partnumber.replaceAll(with: record.partnumber)
            }
            lot.replaceAll(with: record.lot)
            hasDescription = false
            isPrimary = false
            isOpen = true
            lotsOfPartnumber += 1
        } else {
            merged += 1
        }
        hasBegunItem = !sameLot
        hasGivenDescription = false
        fewestLotsOfRow = min(fewestLotsOfRow, record.lotsOfRow)
        isPrimary = isPrimary || record.isPrimary
        if !hasDescription, let text = record.description {
            description.replaceAll(with: text)
            hasDescription = true
            hasGivenDescription = true
        }
    }

    /// Hands over the last item.
    mutating func finish(emit: (BookItem) throws -> Void) throws {
        if isOpen { try hand(over: emit) }
        closePartnumber()
        isOpen = false
    }

    private mutating func hand(over emit: (BookItem) throws -> Void) throws {
        items += 1
        try partnumber.withUnsafeBytes { partnumber in
            try lot.withUnsafeBytes { lot in
                try description.withUnsafeBytes { description in
                    try emit(
                        BookItem(
                            partnumber: partnumber, lot: lot, isPrimary: isPrimary,
                            description: hasDescription ? description : nil))
                }
            }
        }
    }

    /// Every row's LOTs are among the part number's, so all rows agree exactly if each has as many as there are.
    private mutating func closePartnumber() {
        guard isOpen else { return }
        partnumbers += 1
        if fewestLotsOfRow < lotsOfPartnumber {
            conflicts += 1
            if conflictSample.count < Self.sampleSize {
                conflictSample.append(String(decoding: partnumber, as: UTF8.self))
            }
        }
        lotsOfPartnumber = 0
        fewestLotsOfRow = .max
    }

    private static func equal(_ left: UnsafeRawBufferPointer, _ right: [UInt8]) -> Bool {
        right.withUnsafeBytes { ItemRecord.areEqual(left, $0) }
    }
}

extension [UInt8] {
    /// Keeps the memory for the next one.
    mutating func replaceAll(with bytes: UnsafeRawBufferPointer) {
        removeAll(keepingCapacity: true)
        append(contentsOf: bytes)
    }
}
