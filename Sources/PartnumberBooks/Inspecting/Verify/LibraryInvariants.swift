import Database
import ErrorModel

/// The promises that concern all books together, checked with the reader's own statements.
struct LibraryInvariants {
    /// Inside a snapshot.
    let reader: any Connection
    /// Newest first.
    let headers: [RawBookHeader]
    /// What was recorded before the snapshot: a book that had been removed by then must not be in it.
    let before: LedgerSnapshot
    /// What was recorded after the snapshot was taken: it has every book of the program's that is in the snapshot.
    let after: LedgerSnapshot
    /// As far as this account may read them.
    let pins: [BookPin]

    func findings() throws -> [Finding] {
        [activeBook(), readableHeaders(), ids(), try headersHaveItems(), try itemsHaveHeaders()] + pinnedBooks()
    }

    private func activeBook() -> Finding {
        let active = headers.filter(\.isActive)
        if headers.isEmpty { return .ok(.activeBook, "there are no books yet") }
        if let only = active.first, active.count == 1 { return .ok(.activeBook, only.name) }
        if active.isEmpty {
            return .broken(.activeBook, "no book is active, so clients resolve nothing", fix: .activateBook)
        }
        return .broken(
            .activeBook,
            "\(active.count) books are active, and clients take the first of \(Self.list(active.map(\.name))); a new book "
                + "leaves one",
            fix: .createBook())
    }

    private func readableHeaders() -> Finding {
        let flaws = headers.flatMap { header in header.flaws.map { "\(header.name): \($0)" as DisplayText } }
        if flaws.isEmpty { return .ok(.headers, "\(headers.count) readable") }
        return .broken(.headers, Self.list(flaws), fix: .text("Fix that in qt_partnumber_books"))
    }

    private func ids() -> Finding {
        var flaws: [DisplayText] = []
        var known: (ids: Set<Int64>, versions: Set<String>) = ([], [])
        for header in headers where header.hasID {
            if !known.ids.insert(header.id).inserted { flaws.append("id \(header.id) appears twice") }
            if let version = header.version, !known.versions.insert(version).inserted {
                flaws.append("version \(version) appears twice, the second time as id \(header.id)")
            }
            if let entry = before.entries[header.id], let removed = entry.removedAt {
                flaws.append("\(header.name) exists, and id \(header.id) was \(entry.version), removed at \(removed)")
            } else if let entry = after.entries[header.id], entry.version != header.version {
                flaws.append("\(header.name) exists, and id \(header.id) was \(entry.version) when it was made")
            }
            if let version = header.version, let id = after.ids[version], id != header.id {
                flaws.append("\(header.name) exists, and \(version) was given to id \(id) when it was made")
            }
        }
        if flaws.isEmpty { return .ok(.ids, "none was ever another book's") }
        return .broken(
            .ids,
            "\(Self.list(flaws)); a client that has seen the first never fetches the second",
            fix: .steps([.createBook(), .text("Remove by hand what was put back")]))
    }

    private func headersHaveItems() throws -> Finding {
        let empty = try headers.filter { try $0.hasID && !BookRepository(reader).items.exist(in: $0.id) }
        if empty.isEmpty { return .ok(.headersHaveItems, "each book has items") }
        let ids = empty.map { String($0.id) }.joined(separator: ", ")
        return .broken(
            .headersHaveItems,
            "no items: \(Self.list(empty.map(\.name))); every client asks for them again and again",
            fix: .steps([
                .createBook(), .sql(["DELETE FROM qt_partnumber_books WHERE id IN (\(ids)) AND is_active = 0;"]),
            ]))
    }

    /// The ids in the items' table one after another: each is one look into the index, however many items it has.
    private func itemsHaveHeaders() throws -> Finding {
        let known = Set(headers.filter(\.hasID).map(\.id))
        var strangers: [DisplayText] = []
        let items = BookRepository(reader).items
        var found = try items.nextBook(after: nil)
        while let (id, text) = found {
            guard let id else {
                // An adopted SQLite table may hold any text, which sorts after all numbers.
                strangers.append("some whose book_id is \(Excerpt.quoted(text))")
                break
            }
            if !known.contains(id) {
                strangers.append("\(try items.count(in: id)) of book \(id)")
            }
            found = try items.nextBook(after: id)
        }
        if try items.existWithoutBook() {
            strangers.append("some of no book at all, their book_id is NULL")
        }
        if strangers.isEmpty { return .ok(.itemsHaveHeaders, "each item has a book") }
        return .broken(
            .itemsHaveHeaders,
            "items without a header: \(Self.list(strangers)); no client reads them, and nothing removes them",
            fix: .sql([
                "DELETE FROM qt_partnumber_book_items WHERE book_id IS NULL OR book_id NOT IN "
                    + "(SELECT id FROM qt_partnumber_books);"
            ]))
    }

    /// What is kept for good; no promise to readers, and nothing about it is ever broken.
    private func pinnedBooks() -> [Finding] {
        if pins.isEmpty { return [] }
        let known = Set(headers.filter(\.hasID).map(\.id))
        let left = pins.filter { !known.contains($0.bookID) }.sorted { $0.bookID < $1.bookID }
        let kept = pins.count - left.count
        let message: DisplayText = "\(kept) kept for good"
        if left.isEmpty { return [.ok(.pins, message)] }
        let names = Self.list(left.map { "\(Excerpt.bare($0.version)) (id \($0.bookID))" })
        let what: DisplayText =
            left.count == 1
            ? "1 pin is of a book that no longer exists" : "\(left.count) pins are of books that no longer exist"
        return [
            .ok(.pins, "\(message); \(what), removed by hand or by a program before 0.2, which knows no pins: \(names)")
        ]
    }

    /// The first few, as text: a message is not a table.
    static func list(_ texts: [DisplayText]) -> DisplayText {
        let named = texts.prefix(5).joined(separator: ", ")
        return texts.count > 5 ? "\(named) and \(texts.count - 5) more" : named
    }
}
