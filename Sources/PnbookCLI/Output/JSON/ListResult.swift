import Chronology
import ErrorModel
import Operations
import PartnumberBooks

/// The result of `list`.
struct ListResult: CommandResult {
    let books: [BookLine]
    let unreadable: [UnreadableBook]

    /// - Parameters:
    ///   - listing: one book that cannot be read does not hide the others.
    ///   - now: of the retention that the reasons are of.
    init(_ listing: BookListing, _ repository: BookRepository, zone: Zone, now: Instant) throws {
        let marks = try repository.readableMarks(of: listing.books)
        books = try BookLine.all(of: listing, marks, in: repository, zone: zone, now: now)
        unreadable = listing.unreadable
    }

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
        let times = style.times("created", books.map(\.createdAt))
        // On a terminal the seconds make room for the reasons; with an offset each time is whole.
        let created = { (time: Instant) -> DisplayText in
            let text = times.text(time)
            return DisplayText(style.isForPeople && text.count == 19 ? String(text.dropLast(3)) : text)
        }
        var table = TextTable(
            [.right, .left, .left, .right, .left, .left, .left],
            header: ["id", "version", times.heading, "items", "", "by", "kept as"])
        for book in books {
            table.add(
                DisplayText(String(book.id)), DisplayText(book.version), created(book.createdAt),
                DisplayText(book.items.grouped),
                book.equalsPredecessor == true ? "=" : "", DisplayText(book.createdBy),
                keptAs(book, style))
        }
        for book in unreadable {
            table.add(DisplayText(book.id), DisplayText(book.version), "cannot be read", "", "", "", "")
        }
        return table.text(style) + (style.isForPeople ? legend + notes : "")
    }

    /// On a terminal the notes of pins have lines of their own: in a column they would be cut to pieces.
    private func keptAs(_ book: BookLine, _ style: TextStyle) -> DisplayText {
        guard let note = book.pinned?.note, !style.isForPeople else { return book.keptAs }
        return "\(book.keptAs) (\(note))"
    }

    private var notes: DisplayText {
        books.compactMap { book -> DisplayText? in
            book.pinned.map { "\(book.version) is kept for good: \($0.note)\n" }
        }.joined()
    }

    /// What the table's signs mean; for people alone.
    private var legend: DisplayText {
        let isEqual = books.contains { $0.equalsPredecessor == true }
        let equal: DisplayText = isEqual ? "; =: holds the same as the one before" : ""
        return "\nd, w, m, y: represents a day, week, month, year\(equal)\n"
    }
}
