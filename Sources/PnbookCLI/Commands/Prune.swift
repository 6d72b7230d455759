import ArgumentParser
import ErrorModel
import Logging
import Operations
import PartnumberBooks
import Tasks

/// `pnbook prune`: retention alone.
struct Prune: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Retire old books: 7 daily, 5 weekly, 12 monthly, 10 yearly.",
        discussion: """
            'create' does this after each publication. A plan that removes more than one book per tier, plus one, is \
            carried out only with --approve and the hash that --dry-run prints, which approves exactly that plan.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var concurrency: ConcurrencyOptions

    @Flag(name: .long, help: "Print the plan with its reasons and its hash, and change nothing.")
    var dryRun = false

    @OptionGroup var drawing: CalendarOptions

    @Option(name: .long, help: ArgumentHelp("Carry out exactly the plan with this hash.", valueName: "hash"))
    var approve: String?

    var isDryRun: Bool { dryRun }

    mutating func run(_ context: CommandContext) throws {
        try drawing.check(common)
        if !dryRun { try context.probeOutput() }
        let retention = BookRetention(approval: approve, whenBusy: try concurrency.whenBusy(), context.run)
        let (plan, task) = dryRun ? (try retention.plan(), nil) : try retention.run()
        for book in plan.future {
            context.logger.warn("\(book.version) is dated in the future, is kept and takes no part")
        }
        try context.print(
            PruneResult(
                plan: plan, isDryRun: dryRun, task: task, calendar: drawing.calendar ? context.run.now : nil))
    }
}
