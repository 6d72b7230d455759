import Chronology
import ErrorModel
import Operations
import PartnumberBooks

/// The result of `list`.
struct ListResult: CommandResult {
    let books: [BookLine]
    let unreadable: [UnreadableBook]

    private enum Key: CodingKey {
        case books, warnings
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(books, forKey: .books)
        try container.encode(warnings, forKey: .warnings)
    }

    /// The books that cannot be read.
    var warnings: [DisplayText] { unreadable.map { ErrorReport(of: $0).text } }

    func text(_ style: TextStyle) -> DisplayText {
        if books.isEmpty && unreadable.isEmpty { return CalendarResult.noBooks }
        let created = style.times("created", books.map(\.createdAt))
        var table = TextTable(
            [.right, .left, .left, .right, .left, .left], header: ["id", "version", created.heading, "items", "by", ""])
        for book in books {
            table.add(
                String(book.id), book.version, created.text(book.createdAt), book.items.grouped,
                book.createdBy, book.isActive ? "active" : "")
        }
        for book in unreadable { table.add(book.id, book.version, "cannot be read", "", "", "") }
        return table.text(style)
    }
}
