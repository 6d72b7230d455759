package import Database
package import ErrorModel

/// What must not happen while publishing, and was noticed. Nothing was published.
package enum PublicationError: Diagnosable {
    case itemsLost(written: Int, of: Int)
    case notActivated(Int64)
    /// The database gave the book an id that no client can hold.
    case unusableID(Int64)
    /// The new book's id has items already.
    case strayItems(Int64)
    /// A constraint or a type of an adopted table refuses a row of the book.
    case refusedByTable(DatabaseError)
    /// Two different items are one key to the table.
    case keyCollision(DatabaseError)
    /// The database changed a header that nobody asked it to change.
    case changedByItself(header: String, from: String, to: String)

    package var text: DisplayText {
        switch self {
        case .itemsLost(let written, let items):
            "the database took \(written) of \(items) items without an error; nothing was published"
        case .notActivated(let id):
            "the header of book \(id) was gone before it could be activated; nothing was published"
        case .unusableID(let id):
            "the database gave the book the id \(id), which no client can hold; nothing was published"
        case .strayItems(let id):
            "the new book would have the id \(id), and qt_partnumber_book_items has items of that id without a book; nothing was "
                + "published"
        case .refusedByTable(let cause):
            "\(cause): the table refuses a row that the book needs; nothing was published"
        case .keyCollision(let cause):
            "\(cause): two different items of the book are one key to the table; nothing was published"
        case .changedByItself(let header, let from, let to):
            "the header of \(header) changed while another one was made active, from \(from) to \(to); nothing was published"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .changedByItself, .keyCollision, .unusableID, .strayItems, .refusedByTable: .schema
        case .itemsLost, .notActivated: .failed
        }
    }

    package var remedy: Remedy? {
        switch self {
        case .itemsLost, .notActivated: nil
        case .unusableID: .text("Look at the AUTO_INCREMENT of qt_partnumber_books")
        case .strayItems:
            .sql(["DELETE FROM qt_partnumber_book_items WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books);"])
        case .refusedByTable(let cause):
            .text(
                "Look at its constraints and types: \(cause.engine.dialect.showsTable) qt_partnumber_books, "
                    + "qt_partnumber_book_items")
        case .keyCollision(let cause):
            .steps([
                .diagnose,
                .text("A collation that compares bytes tells them apart (\(cause.engine.dialect.byteCollation))"),
            ])
        case .changedByItself:
            .text(
                "Where no other program has done that, look for triggers on qt_partnumber_books and for columns with "
                    + "ON UPDATE")
        }
    }
}
