import FoundationEssentials
import Glibc

/// One item on its way into a book, before merging: a view of its bytes in the sorter's memory.
///
/// Layout: a header of eight 32-bit words in the machine's own order, then PN, LOT, vendor, untrimmed PN (omitted where
/// it equals the PN) and description. A record begins at a multiple of 8 bytes.
struct ItemRecord {
    let base: UnsafeRawPointer

    static let headerBytes = 32
    /// Means NULL, or "the same as the PN".
    private static let none = UInt32.max

    private func word(_ index: Int) -> UInt32 {
        base.load(fromByteOffset: 4 * index, as: UInt32.self)
    }

    private func count(_ index: Int) -> Int {
        let word = word(index)
        return word == Self.none ? 0 : Int(word)
    }

    private func bytes(_ offset: Int, _ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + Self.headerBytes + offset, count: count)
    }

    /// Header, texts and padding.
    var byteCount: Int { Int(word(0)) }
    var partnumber: UnsafeRawBufferPointer { bytes(0, count(1)) }
    var lot: UnsafeRawBufferPointer { bytes(count(1), count(2)) }
    var vendor: UnsafeRawBufferPointer { bytes(count(1) + count(2), count(3)) }

    var untrimmedPartnumber: UnsafeRawBufferPointer {
        word(4) == Self.none ? partnumber : bytes(count(1) + count(2) + count(3), count(4))
    }

    var description: UnsafeRawBufferPointer? {
        word(5) == Self.none ? nil : bytes(count(1) + count(2) + count(3) + count(4), count(5))
    }

    /// How many LOTs the row behind this item has in all.
    var lotsOfRow: Int { count(6) }
    var isPrimary: Bool { word(7) == 1 }

    /// What a record is made of.
    struct Parts {
        var partnumber: UnsafeRawBufferPointer
        var lot: UnsafeRawBufferPointer
        var vendor: UnsafeRawBufferPointer
        var untrimmedPartnumber: UnsafeRawBufferPointer
        var description: UnsafeRawBufferPointer?
        var lotsOfRow: Int
        var isPrimary: Bool

        private var hasSamePartnumber: Bool { partnumber.count == untrimmedPartnumber.count }

        var byteCount: Int {
            let texts =
                partnumber.count + lot.count + vendor.count + (hasSamePartnumber ? 0 : untrimmedPartnumber.count)
                + (description?.count ?? 0)
            return (ItemRecord.headerBytes + texts + 7) & ~7
        }

        /// Writes the record to `target`, which has room for it.
        ///
        /// - Parameter byteCount: the value of ``byteCount``, computed once.
        func write(to target: UnsafeMutableRawPointer, byteCount: Int) {
            let raw = hasSamePartnumber ? nil : untrimmedPartnumber
            let words = target.assumingMemoryBound(to: UInt32.self)
            words[0] = UInt32(byteCount)
            words[1] = UInt32(partnumber.count)
            words[2] = UInt32(lot.count)
            words[3] = UInt32(vendor.count)
            words[4] = raw.map { UInt32($0.count) } ?? ItemRecord.none
            words[5] = description.map { UInt32($0.count) } ?? ItemRecord.none
            words[6] = UInt32(lotsOfRow)
            words[7] = isPrimary ? 1 : 0
            var end = target + ItemRecord.headerBytes
            Self.append(partnumber, at: &end)
            Self.append(lot, at: &end)
            Self.append(vendor, at: &end)
            if let raw { Self.append(raw, at: &end) }
            if let description { Self.append(description, at: &end) }
        }

        private static func append(_ text: UnsafeRawBufferPointer, at end: inout UnsafeMutableRawPointer) {
            if let start = text.baseAddress { end.copyMemory(from: start, byteCount: text.count) }
            end += text.count
        }
    }

    /// The order of a book (<doc:BookRules#Rule-9-order>), and within one item the order in which descriptions are tried
    /// (<doc:BookRules#Rule-8-merging>): by UTF-8 bytes of PN, LOT, vendor, untrimmed PN. The description decides only
    /// where the catalogue's key does not hold.
    static func precedes(_ left: ItemRecord, _ right: ItemRecord) -> Bool {
        var order = compare(left.partnumber, right.partnumber)
        if order == 0 { order = compare(left.lot, right.lot) }
        if order == 0 { order = compare(left.vendor, right.vendor) }
        if order == 0 { order = compare(left.untrimmedPartnumber, right.untrimmedPartnumber) }
        if order == 0 {
            switch (left.description, right.description) {
            case (let left?, let right?): order = compare(left, right)
            case (_?, nil): order = -1
            case (nil, _): order = 1
            }
        }
        return order < 0
    }

    /// Whether two texts are the same bytes.
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        left.count == right.count && compare(left, right) == 0
    }

    /// Negative, zero or positive, by bytes; a text comes after its own beginning.
    static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let common = min(left.count, right.count)
        if common > 0, let leftStart = left.baseAddress, let rightStart = right.baseAddress {
            let order = memcmp(leftStart, rightStart, common)
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }
}
