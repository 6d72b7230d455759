package import PartnumberBooks

/// Retention's decisions in JSON (<doc:JSONOutput#Retention-decisions>).
package struct RetentionDocument: Encodable, Sendable {
    package var kept: [Decision] = []
    package var removed: [Decision] = []
    /// Books that the plan would remove and that still exist: it was too large for an automatic run, or it failed.
    package var held: [Decision] = []
    /// The hash to pass to `prune --approve`; null if there is no plan.
    @ExplicitNull package var planHash: String?

    package struct Decision: Encodable, Sendable {
        @ExplicitNull package var id: Int64?
        package var version: String
        package var reasons: [String]

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
