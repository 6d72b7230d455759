import Chronology
import Logging
import Migrations
import Database
import ArgumentParser
import PartnumberBooks
import Retention
import Tasks

/// `pnbook prune`: retention alone.
struct Prune: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Retire old books: 7 daily, 5 weekly, 12 monthly, 10 yearly.",
        discussion: """
            'create' does this after each publication. A plan that removes more than one book per tier and one more \
            is carried out only with --approve and the hash that --dry-run prints: the hash stands for exactly that plan.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var exclusive: ConcurrencyOptions

    @Flag(name: .long, help: "Print the plan with its reasons and its hash, and change nothing.")
    var dryRun = false

    @OptionGroup var drawing: CalendarOptions

    @Option(name: .long, help: ArgumentHelp("Carry out exactly the plan with this hash.", valueName: "hash"))
    var approve: String?

    var isDryRun: Bool { dryRun }

    mutating func run(_ context: AppContext) throws {
        try drawing.check(common)
        if !dryRun { try context.probeOutput() }
        let connection = try context.connect(for: dryRun ? .read : .write)
        defer { connection.close() }
        try context.afterOthers(exclusive) { try context.migrationRunner(on: connection).requireComplete() }
        let pruner = BookPruner(
            connection, policy: .standard(zone: context.zone), now: context.now,
            timing: context.cancellation.retryTiming)
        var plan = try pruner.plan()
        for book in plan.future {
            context.logger.warning("\(book.version) is dated in the future, is kept and takes no part")
        }
        if let approve, approve != plan.hash {
            throw PruneRefusal.otherPlan(approved: approve, actual: plan.hash)
        }
        if dryRun || plan.removed.isEmpty {
            try present(plan, carriedOut: !dryRun, context)
            return
        }
        try refuseTooLarge(plan)
        _ = try context.asTask(.retention, exclusive) { task in
            context.cancellation.add(try connection.interrupter())
            let fence = try FencingToken(raising: .books, on: connection, for: task)
            // Asked again now that nobody else is at work: books may have come or gone while we waited.
            let current = try pruner.plan()
            if let approve, approve != current.hash {
                throw PruneRefusal.otherPlan(approved: approve, actual: current.hash)
            }
            try refuseTooLarge(current)
            plan = current
            try pruner.carryOut(current, fence: fence) { index, count, book in
                try task.report(
                    "removing", percent: 100 * index / max(1, count),
                    detail: "\(book.version), \(index + 1) of \(count)")
            }
            return (
                (),
                TaskResult(
                    status: .completed,
                    message: "\(plan.removed.count.counted("book")) removed, \(plan.kept.count) kept",
                    result: try JSONDocument.compact(RetentionDocument(.carriedOut(plan))), exitCode: 0)
            )
        }
        try present(plan, carriedOut: true, context)
    }

    /// Nobody's word is needed for a few removals, and an approved plan has it.
    private func refuseTooLarge(_ plan: PrunePlan) throws {
        if plan.exceedsAutomaticLimit, approve == nil {
            throw PruneRefusal.beyondLimit(
                removals: plan.removed.count, limit: plan.automaticLimit, hash: plan.hash)
        }
    }

    private struct Document: Encodable {
        let schema = 1
        let dryRun: Bool
        /// Needs `--approve`.
        let needsApproval: Bool
        let retention: RetentionDocument
    }

    private func present(_ plan: PrunePlan, carriedOut: Bool, _ context: AppContext) throws {
        let done = carriedOut ? plan.removed.count.counted("book") + " removed" : nil
        if context.isJSON {
            try context.write(
                JSONDocument.pretty(
                    Document(
                        dryRun: !carriedOut, needsApproval: !carriedOut && plan.exceedsAutomaticLimit,
                        retention: RetentionDocument(.carriedOut(plan)))), done: done)
        } else if !context.isQuiet {
            let body = drawing.calendar ? picture(plan, carriedOut, context) : Self.table(plan, carriedOut)
            try context.write(body + Self.sum(plan, carriedOut), done: done)
        }
    }

    private func picture(_ plan: PrunePlan, _ carriedOut: Bool, _ context: AppContext) -> String {
        CalendarRenderer(plan, .standard(zone: context.zone), now: context.now)
            .text(CalendarStyle(for: context.output), removed: carriedOut ? "removed" : "would go")
    }

    private static func table(_ plan: PrunePlan, _ carriedOut: Bool) -> String {
        var table = TextTable([.left, .right, .left, .left], header: ["", "id", "version", "why"])
        for entry in plan.kept {
            table.add(
                carriedOut ? "kept" : "keep", String(entry.book.id), entry.book.version,
                entry.reasons.joined(separator: ", "))
        }
        for entry in plan.removed {
            table.add(
                carriedOut ? "removed" : "remove", String(entry.book.id), entry.book.version,
                entry.reasons.joined(separator: ", "))
        }
        return plan.kept.isEmpty && plan.removed.isEmpty ? "There are no books.\n" : table.text
    }

    private static func sum(_ plan: PrunePlan, _ carriedOut: Bool) -> String {
        var text = ""
        if carriedOut {
            text += "\n\(plan.removed.count.counted("book")) removed, \(plan.kept.count) kept.\n"
        } else {
            text +=
                "\nPlan \(plan.hash): \(plan.removed.count) books would go, \(plan.kept.count) stay; nothing was changed.\n"
            if plan.exceedsAutomaticLimit {
                text +=
                    "It removes more than \(plan.automaticLimit) and is carried out only by: "
                    + "pnbook prune --approve \(plan.hash)\n"
            }
        }
        return text
    }
}
