package import Database

/// Brings QuoteForge's local file up to date as the client itself does (<doc:ReaderProtocol#What-a-client-does>): books that
/// it lacks are appended, those of which it holds no item are pulled again, the active book is the server's, and nothing is
/// removed.
package struct QuoteForgeSync {
    private let source: BookExporter
    private let local: any Connection

    /// What became of the file.
    package struct Report: Sendable, Hashable {
        package var appended: [ExportedBook] = []
        package var refetched: [ExportedBook] = []
        /// Of the wanted books, those that the file held already.
        package var unchanged = 0
        /// The version of the book that a client takes as the active one; nil where the file has none.
        package var active: String?

        /// The books whose items were written.
        package var written: [ExportedBook] { appended + refetched }
    }

    package init(from source: BookExporter, to local: any Connection) {
        self.source = source
        self.local = local
    }

    /// Writes in one transaction.
    ///
    /// - Parameters:
    ///   - wanted: the books to be held afterwards.
    ///   - isNew: the file is empty, and its tables are made.
    ///   - commit: ends the transaction.
    /// - Throws: ``ExportRefusal``, `QuoteForgeFileError`; then the file is as it was.
    package func run(
        _ wanted: [BookHeader], isNew: Bool, commit: (any Connection) throws -> Void
    ) throws -> Report {
        try local.begin(.write)
        do {
            let report = try write(wanted, isNew: isNew)
            try commit(local)
            return report
        } catch {
            try local.rollback(after: error)
            throw error
        }
    }

    private func write(_ wanted: [BookHeader], isNew: Bool) throws -> Report {
        let all = try source.allBooks()
        let file = QuoteForgeFile(connection: local)
        if isNew { try file.create() } else { try file.requireTables() }
        let held = try file.held()
        for book in all {
            if let known = held[book.id], known.version != book.version {
                throw ExportRefusal.otherBook(
                    place: local.place, id: book.id, held: known.version, version: book.version)
            }
        }
        var report = Report()
        // Oldest first, as the client would have met them.
        for book in wanted.sorted(by: { $0.id < $1.id }) {
            switch held[book.id] {
            case nil: report.appended.append(try pull(book, as: file.append(book), into: file))
            case let known? where known.hasItems: report.unchanged += 1
            case let known?: report.refetched.append(try pull(book, as: known.id, into: file))
            }
        }
        try file.setActive(all.filter(\.isActive).map(\.id))
        report.active = try file.activeVersion()
        return report
    }

    /// Writes a book's items under the file's own id of it.
    private func pull(_ book: BookHeader, as id: Int64, into file: QuoteForgeFile) throws -> ExportedBook {
        let insert = try file.itemInsert(bookID: id)
        let cells = ItemColumns.makeCells()
        defer { cells.deallocate() }
        let exported = try source.read(book) { item in
            try insert.append(item.fill(cells))
        }
        try insert.flush()
        guard insert.rowsWritten == exported.items else {
            throw PublicationError.itemsLost(written: insert.rowsWritten, of: exported.items)
        }
        return exported
    }
}
