import ArgumentParser
import Chronology
import ErrorModel
import Logging
import Operations
import Retention

/// `pnbook simulate`: what a retention policy would leave, without a database.
struct Simulate: Command {
    static let configuration = CommandConfiguration(
        abstract: "Show what a retention policy would keep of years of nights, or of a list of books.",
        discussion: """
            Reads no database and changes nothing. By default a book is made every night of the ten years that end now \
            (or at --now), and what would be left tonight is shown. With --books the books are those of a JSON file: \
            [{"id": 7, "created_at": "2026-11-20T03:00:00Z", "is_active": true}, ...]; the document of 'list --json' works \
            as well:

              pnbook list --json | pnbook simulate --books - --keep-daily 14
            """)

    static let needs = ContextRequirement.nothing

    @OptionGroup var common: CommonOptions

    @OptionGroup var keep: RetentionOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Simulate this many years, 1 to 100. (default: 10)", valueName: "n"))
    var years: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Days or weeks between books (1d, 7d, 2w). (default: 1d)", valueName: "time"))
    var every: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Use the books of this file instead; - for standard input.", valueName: "file"))
    var books: String?

    @OptionGroup var drawing: CalendarOptions

    mutating func run(_ context: CommandContext) throws {
        try drawing.check(common)
        if books != nil, years != nil || every != nil {
            throw UsageError("--books brings its own dates; leave out --years and --every")
        }
        let policy = try keep.policy(zone: context.run.zone)
        let nights = books == nil ? try SimulatedNights(years: years, every: every) : nil
        let marks = try books.map { try RetentionListFile($0).books() } ?? nights?.books(context.run) ?? []
        let plan = policy.plan(for: marks, now: context.run.now)
        for book in plan.future {
            context.logger.warn(
                "book \(book.id) of \(book.createdAt) is dated in the future, is kept and takes no part")
        }
        try context.print(
            SimulateResult(plan, policy, nights, now: context.run.now, drawsCalendar: drawing.calendar))
    }
}
