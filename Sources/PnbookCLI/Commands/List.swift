import ArgumentParser
import Database
import Logging
import Operations
import PartnumberBooks

/// `pnbook list`: all books, newest first.
struct List: Command {
    static let configuration = CommandConfiguration(
        abstract: "List the books, newest first.",
        discussion: """
            The last column says why retention keeps a book: it is active, was active before that ('previous'), is pinned, or \
            represents a day, week, month or year (d, w, m, y); 'goes' is what the next retention removes. A book with '=' holds the \
            same as the one before it.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var drawing: CalendarOptions

    mutating func run(_ context: CommandContext) throws {
        try drawing.check(common)
        let connection = try context.run.connect(for: .read)
        defer { connection.close() }
        let repository = BookRepository(connection)
        if drawing.calendar {
            let books = try repository.books()
            let marks = try repository.readableMarks(of: books)
            return try context.print(CalendarResult(books: books, marks: marks, now: context.run.now))
        }
        let result = try ListResult(try repository.listing(), repository, zone: context.run.zone, now: context.run.now)
        try context.write(result)
        if context.isQuiet { return }
        for warning in result.warnings { context.logger.warn(warning) }
    }
}
