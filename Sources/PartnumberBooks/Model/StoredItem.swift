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
