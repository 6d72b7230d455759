import Foundation
import PartnumberBooks

/// What a book is exported as; a file's ending decides.
enum ExportForm: String, Encodable, CaseIterable {
    /// QuoteForge's local file.
    case sqlite = "db"
    case csv
    case ndjson

    /// What an exported file has, whatever the umask: a book is not for everybody on the machine.
    static let mode: mode_t = 0o640

    /// Nil for any other ending.
    init?(ofFile path: String) {
        guard let form = Self.allCases.first(where: { path.lowercased().hasSuffix("." + $0.rawValue) }) else {
            return nil
        }
        self = form
    }
}

/// What was exported.
struct ExportDocument: Encodable {
    struct Book: Encodable {
        let id: Int64
        let version: String
        let items: Int
        let digest: String

        init(_ book: ExportedBook) {
            id = book.id
            version = book.version
            items = book.items
            digest = book.digest
        }
    }

    /// What a file that stood already needed, in books.
    struct Update: Encodable {
        let appended: Int
        let refetched: Int
        let unchanged: Int
    }

    let schema = 1
    let file: String
    let form: ExportForm
    /// Those whose items were written, with the digest of what was written.
    let books: [Book]
    let items: Int
    /// Of the file.
    let bytes: Int
    /// Null for a new file.
    @ExplicitNull var update: Update?
    /// The active book's version in a .db file; null where it has none, and for other files.
    @ExplicitNull var active: String?

    init(file: String, form: ExportForm, books: [ExportedBook], bytes: Int) {
        self.file = file
        self.form = form
        self.books = books.map(Book.init)
        self.bytes = bytes
        items = books.reduce(0) { $0 + $1.items }
    }

    init(file: String, _ report: QuoteForgeSync.Report, isUpdate: Bool, bytes: Int) {
        self.init(file: file, form: .sqlite, books: report.written, bytes: bytes)
        if isUpdate {
            update = Update(
                appended: report.appended.count, refetched: report.refetched.count, unchanged: report.unchanged)
        }
        active = report.active
    }

    var text: String {
        let written = "\(items.counted("item")), \(bytes.grouped) bytes"
        if let update {
            return "\(file) is up to date: \(update.appended.counted("book")) appended, "
                + "\(update.refetched.grouped) pulled again, \(update.unchanged.grouped) unchanged (\(items.counted("item")) "
                + "written, \(bytes.grouped) bytes in all).\n"
        }
        if let book = books.first, books.count == 1 {
            return "\(book.version) (id \(book.id)) is in \(file): \(written).\n"
        }
        return "\(books.count.counted("book")) are in \(file): \(written).\n"
    }
}
