import Chronology
import ErrorModel
import Operations
import PartnumberBooks
import Retention

/// The result of `prune`.
struct PruneResult: CommandResult {
    let plan: PrunePlan
    let isDryRun: Bool
    let task: TaskSummary?
    /// Why the plan was not carried out; nil where it was, or was not to be.
    var failure: ErrorReport?
    /// Draw a calendar as of this instant; nil for a table.
    let calendar: Instant?

    private enum Key: CodingKey {
        case dryRun, needsApproval, retention
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(isDryRun, forKey: .dryRun)
        try container.encode(isPreview && plan.exceedsAutomaticLimit, forKey: .needsApproval)
        try container.encode(RetentionDocument(.carriedOut(plan)), forKey: .retention)
    }

    /// Nothing was removed.
    private var isPreview: Bool { isDryRun || failure != nil }

    var done: DisplayText? { isPreview ? nil : "\(plan.removed.count.counted("book")) removed" }

    func text(_ style: TextStyle) -> DisplayText {
        let body = calendar.map { drawing(style, now: $0) } ?? table(style)
        let sum: DisplayText = "\n\(plan.removed.count.counted("book")) removed, \(plan.kept.count) kept.\n"
        return "\(body)\(isPreview ? preview : sum)"
    }

    private func drawing(_ style: TextStyle, now: Instant) -> DisplayText {
        CalendarRenderer(plan, .standard(zone: style.zone), now: now)
            .text(style.calendar, removed: isPreview ? "would be removed" : "removed")
    }

    private func table(_ style: TextStyle) -> DisplayText {
        if plan.kept.isEmpty && plan.removed.isEmpty { return "There are no books.\n" }
        var table = TextTable([.left, .right, .left, .left], header: ["", "id", "version", "why"])
        let lines =
            plan.kept.map { ((isPreview ? "keep" : "kept") as DisplayText, $0) }
            + plan.removed.map { ((isPreview ? "remove" : "removed") as DisplayText, $0) }
        for (verdict, entry) in lines {
            table.add(
                verdict, DisplayText(String(entry.book.id)), DisplayText(entry.book.version),
                entry.words.joined(separator: ", "))
        }
        return table.text(style)
    }

    private var preview: DisplayText {
        let sum: DisplayText =
            "\nPlan \(plan.hash): \(plan.removed.count) books would be removed, \(plan.kept.count) kept; nothing was changed.\n"
        guard plan.exceedsAutomaticLimit else { return sum }
        return
            "\(sum)It removes more than \(plan.automaticLimit) and needs approval: pnbook prune --approve \(plan.hash)\n"
    }
}
