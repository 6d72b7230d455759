import ErrorModel
import Operations
import PartnumberBooks

/// The result of `export`.
struct ExportResult: CommandResult {
    let document: ExportDocument

    func encode(to encoder: any Encoder) throws { try document.encode(to: encoder) }

    var done: DisplayText? { "\(document.file) is written" }

    func text(_ style: TextStyle) -> DisplayText {
        let written: DisplayText = "\(document.items.counted("item")), \(document.bytes.grouped) bytes"
        if let update = document.update {
            return "\(document.file) is up to date: \(update.appended.counted("book")) appended, "
                + "\(update.refetched.grouped) fetched again, \(update.unchanged.grouped) unchanged "
                + "(\(document.items.counted("item")) written, \(document.bytes.grouped) bytes in all).\n"
        }
        if let book = document.books.first, document.books.count == 1 {
            let place: DisplayText = document.file == "-" ? "written to standard output" : "in \(document.file)"
            return "\(book.version) (id \(book.id)) is \(place): \(written).\n"
        }
        return "\(document.books.count.counted("book")) are in \(document.file): \(written).\n"
    }
}
