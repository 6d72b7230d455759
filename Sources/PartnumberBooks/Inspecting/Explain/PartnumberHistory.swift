package import Database
import FoundationEssentials

/// What a part number is in each book, from the newest book to the oldest.
package struct PartnumberHistory: Sendable {
    /// Consecutive books with identical items for the part number, or without it.
    package struct Span: Sendable {
        /// Newest first.
        package fileprivate(set) var books: [BookHeader]
        /// By PN, then LOT.
        package let items: [StoredItem]
    }

    package private(set) var spans: [Span] = []
    /// The texts that were looked up; nil where the books were read whole.
    package let spellings: [String]?

    /// Reads the books.
    ///
    /// - Parameters:
    ///   - partnumber: compared by its key; the database compares exact texts only.
    ///   - catalogueSpellings: how the catalogue writes it.
    ///   - readsWhole: read every item of every book, to find spellings that were not guessed.
    ///   - connection: inside a snapshot, so that all is of one instant.
    package static func load(
        _ partnumber: String, catalogueSpellings: [String], readsWhole: Bool, on connection: any Connection
    ) throws -> PartnumberHistory {
        var history = PartnumberHistory(
            spellings: readsWhole ? nil : spellings(of: [partnumber] + catalogueSpellings))
        // Before migration 026 there are no books, and before 028 no descriptions.
        guard try connection.hasTable("qt_partnumber_books"),
            let columns = try connection.columns(of: "qt_partnumber_book_items")
        else { return history }
        let hasDescription = columns.contains { $0.name.lowercased() == "description" }
        let lookup = BookLookup(
            connection: connection, isAsked: KeySet(NormalizedKey(partnumber)), spellings: history.spellings,
            description: hasDescription ? "description" : "NULL")
        for book in try BookRepository(connection).books() {
            history.add(book, try lookup.items(in: book.id))
        }
        return history
    }

    private init(spellings: [String]?) {
        self.spellings = spellings
    }

    private mutating func add(_ book: BookHeader, _ items: [StoredItem]) {
        if let last = spans.last, last.items.count == items.count,
            zip(last.items, items).allSatisfy({ $0.isSame(as: $1) })
        {
            spans[spans.count - 1].books.append(book)
        } else {
            spans.append(Span(books: [book], items: items))
        }
    }

    /// Each text trimmed, as it is and in lower and upper case, each of them composed and decomposed.
    private static func spellings(of texts: [String]) -> [String] {
        var spellings: Set<UTF8Text> = []
        for text in texts {
            let trimmed = text.trimmed
            for cased in [trimmed, trimmed.lowercased(), trimmed.uppercased()] {
                for form in [
                    cased, cased.canonicallyComposed, cased.canonicallyDecomposed,
                ] where !form.isEmpty {
                    spellings.insert(UTF8Text(form))
                }
            }
        }
        return spellings.sorted().map(\.text)
    }
}

/// Finds a part number's items in a book.
private struct BookLookup {
    let connection: any Connection
    let isAsked: KeySet
    /// Nil to read the book whole.
    let spellings: [String]?
    /// The column, or NULL where there is no such column yet.
    let description: String

    func items(in book: Int64) throws -> [StoredItem] {
        var items: [StoredItem] = []
        let memory = NumberText()
        let start: SQL = """
            SELECT partnumber, lot_name, is_primary_pn, \(raw: description) FROM qt_partnumber_book_items
            """
        guard let spellings else {
            try connection.forEachRow("\(raw: start.text) WHERE book_id = \(book)") { row in
                let item = BookItem(row, memory)
                if isAsked.contains(Whitespace.trimmed(item.partnumber)) { items.append(StoredItem(item)) }
            }
            return items.sorted(by: StoredItem.precedes)
        }
        for spelling in spellings {
            try connection.forEachRow(
                "\(raw: start.text) WHERE book_id = \(book) AND partnumber = \(spelling)"
            ) { row in
                // An adopted table's collation may find other texts as well.
                let item = BookItem(row, memory)
                if item.partnumber.elementsEqual(spelling.utf8) { items.append(StoredItem(item)) }
            }
        }
        return items.sorted(by: StoredItem.precedes)
    }
}
