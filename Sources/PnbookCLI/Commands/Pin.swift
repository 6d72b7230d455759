import ArgumentParser
import Operations

/// `pnbook pin BOOK --note TEXT`: keep a book for good.
struct Pin: Command {
    static let configuration = CommandConfiguration(
        abstract: "Keep a book for good: retention never removes it.",
        discussion: """
            For a book that something refers to, such as the one that a quote was made with. Who pinned it, when and why is recorded \
            in a table of this program's own; what readers see does not change. The book goes on taking part in retention \
            like any other, and takes no place of another one. Pinned again, the book gets the new note.

            Works while another run is at work, also while that run removes books: a pin that comes too late says that the book is \
            gone. 'pnbook unpin BOOK' lets the book go.
            """)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: ArgumentHelp("Why: 1 to 200 characters.", valueName: "text"))
    var note: String

    @Argument(help: ArgumentHelp("An id, a version, or 'active', 'previous', 'newest'.", valueName: "book"))
    var book: String

    mutating func run(_ context: CommandContext) throws {
        try context.probeOutput()
        try context.print(PinResult(try BookPinning(book, context.run).pin(note: note), isPinning: true))
    }
}
