package import Chronology
package import Database
package import Retention
package import Tasks

/// Retention by itself: a plan, the word that a large one needs, and the removal.
package struct PruneBooks {
    private let connection: any Connection
    private let pruner: BookPruner
    private let approval: String?

    /// - Parameters:
    ///   - approval: the hash of the plan that may be carried out whatever its size; nil for none.
    ///   - timing: of the pauses where another connection is in the way.
    package init(
        _ connection: any Connection, policy: RetentionPolicy, now: Instant, approval: String?,
        timing: RetryTiming = .system
    ) {
        self.connection = connection
        pruner = BookPruner(connection, policy: policy, now: now, timing: timing)
        self.approval = approval
    }

    /// What would be removed and what stays; changes nothing.
    ///
    /// - Throws: ``PruneRefusal`` where another plan has been approved.
    package func plan() throws -> PrunePlan {
        let plan = try pruner.plan()
        if let approval, approval != plan.hash {
            throw PruneRefusal.otherPlan(approved: approval, actual: plan.hash)
        }
        return plan
    }

    /// A few removals need no approval, and an approved plan has it.
    ///
    /// - Throws: ``PruneRefusal``.
    package func refuseTooLarge(_ plan: PrunePlan) throws {
        if plan.exceedsAutomaticLimit, approval == nil {
            throw PruneRefusal.beyondLimit(removals: plan.removed.count, limit: plan.automaticLimit, hash: plan.hash)
        }
    }

    /// Plans again, now that no other run is at work, and carries that plan out: books may have come or gone meanwhile.
    ///
    /// - Throws: ``PruneRefusal``, ``PruneError``.
    package func run(_ task: RunningTask) throws -> PrunePlan {
        task.cancellation.add(try connection.interrupter())
        let fence = try FencingToken(raising: .books, on: connection, for: task)
        let plan = try plan()
        try refuseTooLarge(plan)
        return try pruner.carryOut(plan, fence: fence) { index, count, book in
            try task.report(
                "removing", percent: 100 * index / max(1, count), detail: "\(book.version), \(index + 1) of \(count)")
        }
    }
}
