/// Why a book that could be built was not published (CONTRACT 3, *Guards*). The active book is unchanged.
package enum GuardRefusal: Error, Hashable, CustomStringConvertible {
    case noItems(rows: Int)
    case shrunken(items: Int, active: Int, version: String)

    package var description: String {
        switch self {
        case .noItems(let rows):
            "the book would have no items (\(rows) rows read, none kept), and an empty book is never published; "
                + "the active book is unchanged. Look at lot_partnumbers: are the LOTs filled in?"
        case .shrunken(let items, let active, let version):
            "the book would have \(items) items, fewer than half of the \(active) in the active book \(version); "
                + "nothing was published. If that is right, run again with --allow-shrink"
        }
    }
}

/// The two guards before a publication.
enum Guards {
    /// - Parameter active: the active book's items and version; nil where there is none.
    static func check(
        items: Int, rows: Int, active: (items: Int, version: String)?, allowShrink: Bool
    ) throws(GuardRefusal) {
        if items == 0 { throw .noItems(rows: rows) }
        if let active, !allowShrink, items * 2 < active.items {
            throw .shrunken(items: items, active: active.items, version: active.version)
        }
    }
}
