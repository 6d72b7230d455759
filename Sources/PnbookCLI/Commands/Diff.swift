import ArgumentParser
import Database
import Operations
import PartnumberBooks

/// `pnbook diff A B`: what changed from one book to another.
struct Diff: Command {
    static let configuration = CommandConfiguration(
        abstract: "What changed between two books: part numbers added, removed, re-mapped, changed.",
        discussion: """
            Exits 0 whether the books differ or not. A part number is re-mapped if its LOTs differ, and changed if its LOTs \
            are the same and a description or the primary flag differs.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The older book: an id, a version, or 'active'.", valueName: "a"))
    var first: String

    @Argument(help: ArgumentHelp("The newer book: an id, a version, or 'active'.", valueName: "b"))
    var second: String

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
        let before = try BookRepository(connections.0).book(named: first)
        let after = try BookRepository(connections.1).book(named: second)
        let limit = limit ?? (context.isJSON ? 0 : 50)
        let diff = try BookDiff.compare(
            from: before.id, to: after.id, limit: limit == 0 ? .max : limit, on: connections)
        try context.print(DiffResult(diff, before, after))
    }
}
