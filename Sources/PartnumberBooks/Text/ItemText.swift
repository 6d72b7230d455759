import Database
import ErrorModel

/// Whether the texts of a stored item are text to clients: UTF-8, and not a number or a BLOB, which SQLite keeps in any
/// column.
enum ItemText {
    private static let columns: [(place: Int, name: String)] = [(0, "partnumber"), (1, "lot_name"), (3, "description")]

    /// The first column of the reader's statement that is not text, and what it is; nil where all are. NULL is judged
    /// elsewhere.
    static func flaw(of row: Row) -> (column: String, flaw: BookDataError.Flaw)? {
        for (place, name) in columns {
            let cell = row.cell(place)
            switch cell.kind {
            case .null: break
            case .text: if !cell.utf8.isValidUTF8 { return (name, .encoding(cell.utf8.invalidUTF8Excerpt)) }
            case .blob: return (name, .blob(bytes: cell.utf8.count))
            case .integer, .real, .decimal: return (name, .number(row.text(place) ?? ""))
            }
        }
        return nil
    }

    /// - Throws: `BookDataError.badItem(book:column:item:_:)`.
    static func check(_ row: Row, of book: BookHeader) throws {
        guard let (column, flaw) = flaw(of: row) else { return }
        throw BookDataError.badItem(
            book: "\(book.version) (id \(book.id))", column: column,
            item: "part number \(Excerpt.quoted(row.text(0))), LOT \(Excerpt.quoted(row.text(1)))", flaw)
    }
}
