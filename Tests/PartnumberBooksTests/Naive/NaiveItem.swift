import Harness

/// One item of a book, as the naive rules make it, and as a line of a fixture's `expected.ndjson` gives it.
struct NaiveItem: Sendable, Decodable {
    var partnumber: String
    var lot: String
    var isPrimary: Bool
    var description: String?

    enum CodingKeys: String, CodingKey {
        case partnumber
        case lot = "lot_name"
        case isPrimary = "is_primary_pn"
        case description
    }

    /// True for the same PN and the same LOT, byte for byte: such items are merged.
    func isDuplicate(of other: NaiveItem) -> Bool {
        NaiveText.sameBytes(partnumber, other.partnumber) && NaiveText.sameBytes(lot, other.lot)
    }

    /// <doc:BookRules#Rule-9-order>: by PN, then by LOT, by UTF-8 bytes.
    func precedes(_ other: NaiveItem) -> Bool {
        if NaiveText.sameBytes(partnumber, other.partnumber) {
            return NaiveText.precedes(lot, other.lot)
        }
        return NaiveText.precedes(partnumber, other.partnumber)
    }

    /// What the digest takes in of this item: fields end with 0x1F, the item with 0x1E, no description is one 0x00.
    var digestBytes: [UInt8] {
        let described = description.map(NaiveText.bytes) ?? [0x00]
        return NaiveText.bytes(partnumber) + [0x1F] + NaiveText.bytes(lot) + [0x1F]
            + [isPrimary ? 0x31 : 0x30] + [0x1F] + described + [0x1E]
    }
}

/// Equal means equal in bytes, since the digest can tell NFC from NFD.
extension NaiveItem: Equatable {
    static func == (left: NaiveItem, right: NaiveItem) -> Bool {
        left.isDuplicate(of: right) && left.isPrimary == right.isPrimary
            && left.description.map(NaiveText.bytes) == right.description.map(NaiveText.bytes)
    }
}
