import ArgumentParser
import Database
import Logging
import Operations
import PartnumberBooks

/// `pnbook list`: all books, newest first.
struct List: Command {
    static let configuration = CommandConfiguration(abstract: "List the books, newest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var drawing: CalendarOptions

    mutating func run(_ context: CommandContext) throws {
        try drawing.check(common)
        let connection = try context.run.connect(for: .read)
        defer { connection.close() }
        let repository = BookRepository(connection)
        if drawing.calendar {
            return try context.print(CalendarResult(books: try repository.books(), now: context.run.now))
        }
        // One book that cannot be read does not hide the others.
        let listing = try repository.listing()
        let lines = try listing.books.map { header in
            BookLine(
                header,
                // Another program's book is not in the ledger and is counted.
                items: try repository.knownItems(of: header.id))
        }
        let result = ListResult(books: lines, unreadable: listing.unreadable)
        try context.write(result)
        if context.isQuiet { return }
        for warning in result.warnings { context.logger.warn(warning) }
    }
}
