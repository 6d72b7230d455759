import Chronology
import Logging
import Database
import ArgumentParser
import PartnumberBooks
import Retention

/// `pnbook list`: all books, newest first.
struct List: Command {
    static let configuration = CommandConfiguration(abstract: "List the books, newest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var drawing: CalendarOptions

    mutating func run(_ context: AppContext) throws {
        try drawing.check(common)
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        let shelf = BookRepository(connection)
        if drawing.calendar {
            if context.isQuiet { return }
            try context.output.write(Self.picture(try shelf.books(), context))
            return
        }
        // One book that cannot be read does not hide the others.
        let listing = try shelf.listing()
        let lines = try listing.books.map { header in
            Line(
                header,
                // Another program's book is not in the ledger and is counted.
                items: try shelf.ledgerEntry(of: header.id)?.items ?? shelf.countItems(of: header.id))
        }
        if context.isJSON {
            try context.output.write(
                JSONDocument.pretty(
                    Document(
                        books: lines,
                        warnings: listing.unreadable.isEmpty ? nil : listing.unreadable.map(\.description))))
        } else if !context.isQuiet {
            try context.output.write(Self.text(lines, of: listing))
        }
        for book in listing.unreadable { context.logger.warning("\(TextTable.visible(book.description))") }
    }

    private struct Document: Encodable {
        let schema = 1
        let books: [Line]
        /// The books that cannot be read; left out where there is none.
        let warnings: [String]?
    }

    private struct Line: Encodable {
        let id: Int64
        let version: String
        let createdAt: String
        let createdBy: String
        let isActive: Bool
        let items: Int

        init(_ header: BookHeader, items: Int) {
            id = header.id
            version = header.version
            createdAt = header.createdAt.iso8601
            createdBy = header.createdBy
            isActive = header.isActive
            self.items = items
        }
    }

    private static let nothing = "There are no books yet; make one with 'pnbook create'.\n"

    private static func picture(_ books: [BookHeader], _ context: AppContext) -> String {
        if books.isEmpty { return nothing }
        let policy = RetentionPolicy.standard(zone: context.zone)
        let plan = PrunePlan(books: books, policy: policy, now: context.now, justMade: nil)
        return CalendarRenderer(plan, policy, now: context.now)
            .text(CalendarStyle(for: context.output), removed: "goes with the next retention")
    }

    private static func text(_ lines: [Line], of listing: BookListing) -> String {
        if lines.isEmpty && listing.unreadable.isEmpty { return nothing }
        var table = TextTable(
            [.right, .left, .left, .right, .left, .left], header: ["id", "version", "created (UTC)", "items", "by", ""])
        for line in lines {
            table.add(
                String(line.id), line.version, String(line.createdAt.prefix(19)).replacing("T", with: " "),
                line.items.grouped, line.createdBy, line.isActive ? "active" : "")
        }
        for book in listing.unreadable { table.add(book.id, book.version, "cannot be read", "", "", "") }
        return table.text
    }
}
