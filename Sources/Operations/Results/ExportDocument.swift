package import PartnumberBooks

/// What `export` wrote, in JSON (<doc:JSONOutput#export>).
package struct ExportDocument: Encodable, Sendable {
    /// A book whose items were written.
    package struct Book: Encodable, Sendable {
        package let id: Int64
        package let version: String
        let items: Int
        let digest: String

        init(_ book: ExportedBook) {
            id = book.id
            version = book.version
            items = book.items
            digest = book.digest
        }
    }

    /// What was done to a file that existed already, in books.
    package struct Update: Encodable, Sendable {
        /// New in the file.
        package let appended: Int
        /// Written again, because the file's items were not the book's.
        package let refetched: Int
        /// Already in the file, with the same items.
        package let unchanged: Int
    }

    /// The path as it was given.
    package let file: String
    package let format: ExportFormat
    /// Those whose items were written, with the digest of what was written.
    package let books: [Book]
    /// Items written, in all.
    package let items: Int
    /// Size of the file.
    package let bytes: Int
    /// Null for a new file.
    @ExplicitNull package var update: Update?
    /// The active book's version in a .db file; null where it has none, and for other files.
    @ExplicitNull package var active: String?

    init(file: String, format: ExportFormat, books: [ExportedBook], bytes: Int) {
        self.file = file
        self.format = format
        self.books = books.map(Book.init)
        self.bytes = bytes
        items = books.reduce(0) { $0 + $1.items }
    }

    init(file: String, _ report: QuoteForgeSync.Report, isUpdate: Bool, bytes: Int) {
        self.init(file: file, format: .sqlite, books: report.written, bytes: bytes)
        if isUpdate {
            update = Update(
                appended: report.appended.count, refetched: report.refetched.count, unchanged: report.unchanged)
        }
        active = report.active
    }
}
