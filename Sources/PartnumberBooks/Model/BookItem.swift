/// One item of a book, ready to be stored: a view, valid only while it is handed over.
package struct BookItem {
    package let partnumber: UnsafeRawBufferPointer
    package let lot: UnsafeRawBufferPointer
    package let isPrimary: Bool
    package let description: UnsafeRawBufferPointer?
}

extension BookItem {
    /// Whether the part numbers are the same bytes.
    func hasPartnumber(of other: BookItem) -> Bool { ItemRecord.areEqual(partnumber, other.partnumber) }

    /// Whether all that a book stores of them is the same bytes.
    func isSame(as other: BookItem) -> Bool {
        guard isPrimary == other.isPrimary, hasPartnumber(of: other), ItemRecord.areEqual(lot, other.lot) else {
            return false
        }
        return switch (description, other.description) {
        case (nil, nil): true
        case (let mine?, let others?): ItemRecord.areEqual(mine, others)
        default: false
        }
    }
}
