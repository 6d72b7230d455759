package import ErrorModel

/// Data of which no book can be made, or that is not a book. Nothing has been changed.
package enum BookDataError: Diagnosable, Hashable {
    case cycle(BundleCycle, partnumber: String)
    case tooLong(field: DisplayText, characters: Int, limit: Int, partnumber: String)
    /// A row whose vendor, or the white space around whose part number, fills the sort's memory; both in quotes.
    case rowTooLarge(bytes: Int, vendor: String, partnumber: String)
    /// A value of a source table that means nothing there.
    case badValue(table: String, column: String, row: DisplayText, Flaw)
    /// A text of a book that exists.
    case badItem(book: String, column: String, item: DisplayText, Flaw)
    /// Nothing newer than this book can be stored.
    case lastInstant(book: String, id: Int64)
    /// The ids of books are used up; what is used up as text, and the statement that gives new ones.
    case lastID(DisplayText, fix: DisplayText)
    /// The versions of a day are used up.
    case lastVersion(String)

    /// What is wrong with a value.
    package enum Flaw: Hashable, Sendable {
        /// Neither true nor false; the value in quotes.
        case flag(String)
        /// Not UTF-8; the first such bytes, in hexadecimal.
        case encoding(String)
        case blob(bytes: Int)
        /// The number in decimal, where a text is needed.
        case number(String)

        var predicate: DisplayText {
            switch self {
            case .flag(let value): "is \(value), which is neither true nor false"
            case .encoding(let bytes): "is not valid UTF-8, from the bytes \(bytes) on"
            case .blob(let bytes): "is a BLOB of \(bytes.counted("byte")), not a text"
            case .number(let digits): "is the number \(digits), not a text"
            }
        }

        fileprivate func remedy(_ table: String, _ column: String) -> DisplayText {
            switch self {
            case .flag: "\(SourceFlag.accepted). Correct the row"
            case .encoding: "Another program has stored text in another encoding; store it again as UTF-8"
            case .blob:
                "Store it as a text: make the column a text column, or UPDATE \(table) SET \(column) = CAST(\(column) AS CHAR)"
            case .number: "Store it as a text"
            }
        }
    }

    package var text: DisplayText {
        switch self {
        case .cycle(let cycle, let partnumber):
            "bundles contain one another: \(cycle). Part number \(Excerpt.quoted(partnumber)) leads into the cycle; the active book is "
                + "unchanged"
        case .tooLong(let field, let characters, let limit, let partnumber):
            "the \(field) of part number \(Excerpt.quoted(partnumber)) has \(characters) characters, and a book holds \(limit); "
                + "the active book is unchanged"
        case .rowTooLarge(let bytes, let vendor, let partnumber):
            "lot_partnumbers: the row with vendor \(vendor), part number \(partnumber) takes \(bytes) bytes, more than can be "
                + "sorted; the active book is unchanged"
        case .badValue(let table, let column, let row, let flaw):
            "\(table): \(column) of the row with \(row) \(flaw.predicate); the active book is unchanged"
        case .badItem(let book, let column, let item, let flaw):
            "\(book): \(column) of the item with \(item) \(flaw.predicate). The book is not exported; nothing was "
                + "written"
        case .lastInstant(let book, _):
            "\(book) is dated at the end of the year 9999, and a new book must be newer; the active book is unchanged"
        case .lastID(let what, _):
            "\(what), so no further book can be numbered; the active book is unchanged"
        case .lastVersion(let version):
            "\(version) is the last version that its day can have: a version holds 30 characters; the active book is "
                + "unchanged"
        }
    }

    package var category: ErrorCategory { .badData }

    package var remedy: Remedy? {
        switch self {
        case .cycle: .text("Break it in qt_lot_bundle_items")
        case .tooLong: .text("Shorten it in lot_partnumbers")
        case .rowTooLarge: .text("Shorten its vendor, or the white space around its part number")
        case .badValue(let table, let column, _, let flaw): .text(flaw.remedy(table, column))
        case .badItem: .createBook()
        case .lastInstant(_, let id):
            .steps([
                .text(
                    "Give it the time at which it was made with UPDATE qt_partnumber_books SET created_at = '...' "
                        + "WHERE id = \(id)"), .diagnose,
            ])
        case .lastID(_, let fix): .text(fix)
        case .lastVersion:
            .text("Rename that book in qt_partnumber_books and pnbook_book_ledger, or publish tomorrow")
        }
    }
}
