/// Why a book is not whole. One question for activating, exporting and verifying it.
enum BookFlaw: Hashable {
    case noItems
    /// Not what was recorded when it was made.
    case changed(recordedItems: Int)

    /// What is wrong with a book; nil for one that is whole, and for another program's that has items.
    init?(items: Int, digest: String, recorded: LedgerEntry?) {
        if items == 0 {
            self = .noItems
        } else if let recorded, recorded.digest != digest {
            self = .changed(recordedItems: recorded.items)
        } else {
            return nil
        }
    }
}
