import ArgumentParser
import ErrorModel
import Logging
import Operations
import Tasks

/// `pnbook activate BOOK`: roll back, or forward again.
struct Activate: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make an existing book the active one: roll back, or forward again.",
        discussion: """
            One commit: readers see the one book or the other, complete. A book without items is refused, and so is one whose \
            items are not those recorded when it was made. The next 'create' makes a new book and activates that: stop the \
            timer, or fix the catalogue, before it runs.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var concurrency: ConcurrencyOptions

    @Argument(help: ArgumentHelp("An id, a version, or 'previous', 'newest'.", valueName: "book"))
    var book: String

    mutating func run(_ context: CommandContext) throws {
        try context.probeOutput()
        let outcome = try BookActivation(book, whenBusy: try concurrency.whenBusy(), context.run).run()
        if outcome.wasFoundActive {
            context.logger.warn("the connection broke during the commit; a look afterwards found the book active")
        }
        try context.print(ActivateResult(outcome))
    }
}
