package import PartnumberBooks

/// Retention's decisions in JSON (<doc:JSONOutput#Retention-decisions>).
package struct RetentionDocument: Encodable, Sendable {
    var kept: [Decision] = []
    var removed: [Decision] = []
    /// Books that the plan would remove and that still exist: it was too large for an automatic run, or it failed.
    var held: [Decision] = []
    /// The hash to pass to `prune --approve`; null if there is no plan.
    @ExplicitNull var planHash: String?

    struct Decision: Encodable, Sendable {
        @ExplicitNull var id: Int64?
        var version: String
        var reasons: [String]

        init(_ entry: PrunePlan.Entry, preview: Int64?) {
            version = entry.book.version
            reasons = entry.reasons
            id = entry.book.id == preview ? nil : entry.book.id
        }
    }

    /// - Parameter preview: the id of a book that was never written; nil where there is none.
    package init(_ outcome: RetentionOutcome, preview: Int64? = nil) {
        guard let plan = outcome.plan else { return }
        let decisions = { (entries: [PrunePlan.Entry]) in entries.map { Decision($0, preview: preview) } }
        kept = decisions(plan.kept)
        removed = decisions(outcome.removed)
        held = decisions(outcome.held)
        planHash = plan.hash
    }
}
