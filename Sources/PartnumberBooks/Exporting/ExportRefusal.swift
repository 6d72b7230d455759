package import ErrorModel

/// Why a book was not exported. Nothing was written.
package enum ExportRefusal: Diagnosable, Hashable {
    case noItems(String)
    case changed(String, items: Int, recorded: Int)
    /// The local file knows one of the ids as another book.
    case otherBook(place: String, id: Int64, held: String, version: String)

    package var text: DisplayText {
        switch self {
        case .noItems(let version):
            "\(version) has no items and is not exported; nothing was written"
        case .changed(let version, let items, let recorded):
            "\(version) is not what it was when it was made: it has \(items) items, and \(recorded) were recorded, or their "
                + "texts differ. It is not exported; nothing was written"
        case .otherBook(let place, let id, let held, let version):
            "\(place) holds book \(id) as \(held), and here that is \(version): the file is of another database. Nothing was "
                + "written"
        }
    }

    package var category: ErrorCategory { .refused }

    package var remedy: Remedy? {
        switch self {
        case .noItems: nil
        case .changed: .createBook()
        case .otherBook: .chooseNewFile
        }
    }
}
