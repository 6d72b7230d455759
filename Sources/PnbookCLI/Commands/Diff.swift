import ArgumentParser
import Database
import Operations
import PartnumberBooks

/// `pnbook diff [A] [B]`: what changed from one book to another.
struct Diff: Command {
    static let configuration = CommandConfiguration(
        abstract: "What changed between two books: part numbers added, removed, re-mapped, changed.",
        discussion: """
            A book is an id, a version, 'active', 'previous' (the one that was active before it) or 'newest'; 'catalogue' is \
            the book that 'create' would make now, which is built and thrown away.

            Without arguments: from 'previous' to 'active'. One book alone is compared with the active one, and 'catalogue' \
            alone is what a run now would change.

            Exits 0 whether the books differ or not. A part number is re-mapped if its LOTs differ, and changed if its LOTs \
            are the same and a description or the primary flag differs.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The older book. (default: 'previous')", valueName: "a"))
    var first: String?

    @Argument(help: ArgumentHelp("The newer book. (default: 'active')", valueName: "b"))
    var second: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many part numbers are named; 0 for all. (default: 50 in the table, all in JSON)", valueName: "count"))
    var limit: Int?

    mutating func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must be 0 or more") }
    }

    mutating func run(_ context: CommandContext) throws {
        let connections = (try context.run.connect(for: .read), try context.run.connect(for: .read))
        defer {
            connections.0.close()
            connections.1.close()
        }
        // Each book is found and read in one snapshot: one that is removed in the meantime is still read whole.
        try connections.0.begin(.snapshot)
        try connections.1.begin(.snapshot)
        let names = names
        let before = try DiffSide(names.before, on: connections.0)
        let after = try DiffSide(names.after, on: connections.1)
        let limit = limit ?? (context.isJSON ? 0 : 50)
        let diff = try BookDiff.compare(from: before, to: after, limit: limit == 0 ? .max : limit)
        try context.print(DiffResult(diff, before, after))
    }

    /// What is compared. One name alone is compared with the active book, in the direction in which time goes.
    private var names: (before: String, after: String) {
        switch (first, second) {
        case (let first?, let second?): (first, second)
        case (DiffSide.catalogueName?, nil): ("active", DiffSide.catalogueName)
        case ("active"?, nil), (nil, _): ("previous", "active")
        case (let first?, nil): (first, "active")
        }
    }
}
