package import Database

/// Reads books for an export, and refuses one that is not whole.
///
/// The caller's connection is in a snapshot, so that all books are of one instant.
package struct BookExporter {
    private let connection: any Connection
    private let repository: BookRepository
    private let proceed: () throws -> Void

    /// Bytes of text collected before they are handed over.
    private static let textBuffer = 256 << 10

    /// - Parameter proceed: called now and then; throws to stop the reading.
    package init(_ connection: any Connection, proceed: @escaping () throws -> Void) {
        self.connection = connection
        repository = BookRepository(connection)
        self.proceed = proceed
    }

    /// The books that `name` names: an id, a version, `active`, or `all`.
    ///
    /// - Throws: ``BookNotFound``; for `all`, where there are no books.
    package func books(named name: String) throws -> [BookHeader] {
        guard name == "all" else { return [try repository.book(named: name)] }
        let all = try repository.books()
        if all.isEmpty { throw BookNotFound(name: "active", place: connection.place) }
        return all
    }

    /// Every book there is.
    func allBooks() throws -> [BookHeader] {
        try repository.books()
    }

    /// Hands over a book's items in the book's order.
    ///
    /// - Throws: `BookDataError` for an invalid text; ``ExportRefusal`` after the last item, where the book turns out not to
    ///   be whole: then whatever was made of the items must be thrown away.
    func read(_ book: BookHeader, _ body: (BookItem) throws -> Void) throws -> ExportedBook {
        let recorded = try repository.ledgerEntry(of: book.id)
        var digest = BookDigest()
        var items = 0
        let memory = NumberText()
        try repository.items.forEachRow(in: book.id) { row in
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

    /// Hands over a book as a workbook, in large pieces.
    ///
    /// - Throws: ``WorkbookError``; ``ExportRefusal`` like ``read(_:_:)``.
    package func writeWorkbook(
        of book: BookHeader, to output: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws -> ExportedBook {
        var workbook = try Workbook(book.version, to: output)
        let exported = try read(book) { try workbook.append($0) }
        try workbook.finish()
        return exported
    }
}
