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
        let (plan, task) = try dryRun ? (retention.plan(), nil) : carryOut(retention, context)
        for book in plan.future {
            context.logger.warn("\(book.version) is dated in the future, is kept and takes no part")
        }
        try context.print(
            PruneResult(
                plan: plan, isDryRun: dryRun, task: task, calendar: drawing.calendar ? context.run.now : nil))
    }

    /// A plan that needs approval is printed, so that whoever is to approve it sees it.
    private func carryOut(
        _ retention: BookRetention, _ context: CommandContext
    ) throws -> (plan: PrunePlan, task: TaskSummary?) {
        do {
            return try retention.run()
        } catch let refusal as PruneRefusal {
            // Of another plan, its hash would not be the one that is named.
            guard case .beyondLimit(_, _, let hash) = refusal, let plan = try? retention.plan(), plan.hash == hash
            else {
                throw refusal
            }
            try context.write(
                PruneResult(
                    plan: plan, isDryRun: false, task: context.run.lastTask.summary, failure: ErrorReport(of: refusal),
                    calendar: drawing.calendar ? context.run.now : nil))
            throw ReportedFailure(cause: refusal)
        }
    }
}
