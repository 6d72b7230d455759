import Operations
import PartnumberBooks

/// An item of a part number that is named beside it, in JSON.
struct ItemObject: Encodable {
    let lotName: String
    let isPrimaryPn: Bool
    @ExplicitNull var description: String?

    init(_ item: BookDiff.Item) {
        lotName = item.lotName
        isPrimaryPn = item.isPrimary
        description = item.description
    }
}
