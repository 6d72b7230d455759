/// Why a part number is, or is not, in a book made of the catalogue at one instant.
package struct Explanation: Sendable {
    /// Every row whose PN has the asked key, by vendor, then PN.
    package let rows: [ExplainedRow]
    /// What the part number comes to in a book, by PN, then LOT; of several spellings each is a part number of its own.
    package let items: [ExplainedItem]
    /// The spellings whose rows name different sets of LOTs (<doc:BookRules#Rule-11-conflicts>).
    package let conflicts: [String]
}

/// One row of `lot_partnumbers`, and what becomes of it.
package struct ExplainedRow: Sendable {
    package enum Outcome: Sendable, Hashable {
        case kept
        case excluded(ExclusionReason)
        /// No book can be made while this row is as it is.
        case refused(BookDataError)
    }

    package let vendor: String
    /// Untrimmed.
    package let partnumber: String
    package let lot: String?
    package let description: String?
    package let isPrimary: Bool
    package let outcome: Outcome
    /// Where it is ignored, the rules that ignore it.
    package let ignoredBy: [SeenRule]
    /// Where the rules looked at its LOT, and that is a bundle.
    package let bundle: ExplainedBundle?
}

/// A row of the seen table that ignores part numbers.
package struct SeenRule: Sendable, Hashable {
    /// Untrimmed.
    package let partnumber: String
    package let isPattern: Bool
}

/// What a row's bundle consists of.
package struct ExplainedBundle: Sendable {
    package let outline: [BundleLine]
    /// How many LOTs it comes to; nil where it is part of a cycle.
    package let lots: Int?
    package let losesQuantity: Bool
}

/// One item made from rows.
package struct ExplainedItem: Sendable {
    package let item: StoredItem
    /// Indices of the rows behind it, the one that began it first; the others were merged into it.
    package let rows: [Int]
    /// Index of the row whose description it has; nil where it has none.
    package let descriptionRow: Int?
}

/// An item of a book, stored or to be stored.
package struct StoredItem: Sendable {
    package let partnumber: String
    package let lotName: String
    package let isPrimary: Bool
    package let description: String?

    init(_ item: BookItem) {
        partnumber = String(decoding: item.partnumber, as: UTF8.self)
        lotName = String(decoding: item.lot, as: UTF8.self)
        isPrimary = item.isPrimary
        description = item.description.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Byte for byte: a composed and a decomposed letter are two texts.
    func isSame(as other: StoredItem) -> Bool {
        isPrimary == other.isPrimary && BookDiff.same(partnumber, other.partnumber)
            && BookDiff.same(lotName, other.lotName) && BookDiff.same(description, other.description)
    }

    /// A book's order (<doc:BookRules#Rule-9-order>).
    static func precedes(_ left: StoredItem, _ right: StoredItem) -> Bool {
        if !BookDiff.same(left.partnumber, right.partnumber) {
            return left.partnumber.utf8.lexicographicallyPrecedes(right.partnumber.utf8)
        }
        return left.lotName.utf8.lexicographicallyPrecedes(right.lotName.utf8)
    }
}
