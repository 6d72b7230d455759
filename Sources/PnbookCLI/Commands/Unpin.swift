import ArgumentParser
import Operations

/// `pnbook unpin BOOK`: let a pinned book go.
struct Unpin: Command {
    static let configuration = CommandConfiguration(
        abstract: "No longer keep a book for good: retention decides about it again.",
        discussion: """
            Removes nothing by itself; the result says what the next retention does with the book. A pin that is left of a book that \
            was removed by hand is forgotten by that book's id or version.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("An id, a version, or 'active', 'previous', 'newest'.", valueName: "book"))
    var book: String

    mutating func run(_ context: CommandContext) throws {
        try context.probeOutput()
        try context.print(PinResult(try BookPinning(book, context.run).unpin(), isPinning: false))
    }
}
