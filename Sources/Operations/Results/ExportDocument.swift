package import PartnumberBooks

/// What was exported.
package struct ExportDocument: Encodable, Sendable {
    package struct Book: Encodable, Sendable {
        package let id: Int64
        package let version: String
        package let items: Int
        package let digest: String

        init(_ book: ExportedBook) {
            id = book.id
            version = book.version
            items = book.items
            digest = book.digest
        }
    }

    /// What a file that existed already needed, in books.
    package struct Update: Encodable, Sendable {
        package let appended: Int
        package let refetched: Int
        package let unchanged: Int
    }

    package let file: String
    package let format: ExportFormat
    /// Those whose items were written, with the digest of what was written.
    package let books: [Book]
    package let items: Int
    /// Of the file.
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
