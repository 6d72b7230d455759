package import Database
package import ErrorModel

/// Reads books that are to leave the database, and lets none through that is not whole.
///
/// The caller's connection is in a snapshot, so that all books are of one instant.
package struct BookExporter {
    private let connection: any Connection
    private let shelf: BookRepository
    private let proceed: () throws -> Void

    /// Bytes of text collected before they are handed over.
    private static let textBuffer = 256 << 10

    /// - Parameter proceed: called now and then; throws to stop the reading.
    package init(_ connection: any Connection, proceed: @escaping () throws -> Void) {
        self.connection = connection
        shelf = BookRepository(connection)
        self.proceed = proceed
    }

    /// The books that `name` names: an id, a version, `active`, or `all`.
    ///
    /// - Throws: ``BookNotFound``; for `all`, where there is none.
    package func books(named name: String) throws -> [BookHeader] {
        guard name == "all" else { return [try shelf.book(named: name)] }
        let all = try shelf.books()
        if all.isEmpty { throw BookNotFound(name: "active", place: connection.place) }
        return all
    }

    /// Every book there is.
    func allBooks() throws -> [BookHeader] {
        try shelf.books()
    }

    /// Hands over a book's items in the book's order.
    ///
    /// - Throws: ``BookDataError`` for a text that is none; ``ExportRefusal`` behind the last item, where the book turns out
    ///   not to be whole. Then whatever was made of the items is to be thrown away.
    func read(_ book: BookHeader, _ body: (BookItem) throws -> Void) throws -> ExportedBook {
        let recorded = try shelf.ledgerEntry(of: book.id)
        var digest = BookDigest()
        var items = 0
        let memory = NumberText()
        try shelf.items.forEachRow(in: book.id) { row in
            try ItemText.check(row, of: book)
            let item = BookItem(row, memory)
            try body(item)
            digest.add(item)
            items += 1
            if items % ProgressStep.rows == 0 { try proceed() }
        }
        let exported = ExportedBook(id: book.id, version: book.version, items: items, digest: digest.finish())
        switch BookFlaw(items: items, digest: exported.digest, recorded: recorded) {
        case nil: return exported
        case .noItems?: throw ExportRefusal.noItems(book.version)
        case .changed(let recordedItems)?:
            throw ExportRefusal.changed(book.version, items: items, recorded: recordedItems)
        }
    }

    /// Hands over a book as text, in large pieces.
    ///
    /// - Throws: ``ExportRefusal`` like ``read(_:_:)``.
    package func write(
        _ book: BookHeader, as form: some ItemEncoder, to output: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> ExportedBook {
        var buffer = form.head
        let exported = try read(book) { item in
            form.append(item, to: &buffer)
            guard buffer.count >= Self.textBuffer else { return }
            try buffer.withUnsafeBytes(output)
            buffer.removeAll(keepingCapacity: true)
        }
        try buffer.withUnsafeBytes(output)
        return exported
    }
}

/// A book that has been read whole and written elsewhere.
package struct ExportedBook: Sendable, Hashable {
    package let id: Int64
    package let version: String
    package let items: Int
    /// Of the items as they were written (CONTRACT 8).
    package let digest: String
}

/// How items are written as text.
package protocol ItemEncoder: Sendable {
    /// What stands before the first item.
    var head: [UInt8] { get }

    /// Appends one item with its line end.
    func append(_ item: BookItem, to buffer: inout [UInt8])
}

/// Why a book was not exported. Nothing was written.
package enum ExportRefusal: Diagnosable, Hashable {
    case noItems(String)
    case changed(String, items: Int, recorded: Int)
    /// The local file knows one of the ids as another book.
    case otherBook(place: String, id: Int64, held: String, version: String)

    package var description: String {
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
