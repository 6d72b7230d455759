import Chronology
import Database
import ErrorModel
import Logging
import Migrations
package import PartnumberBooks
import Retention
package import Tasks

/// Retention on its own, without a new book.
package struct BookRetention {
    private let context: RunContext
    private let approval: String?
    private let whenBusy: TaskLauncher.WhenBusy

    /// - Parameter approval: the hash of the plan that may be carried out regardless of its size; nil for none.
    package init(approval: String?, whenBusy: TaskLauncher.WhenBusy, _ context: RunContext) {
        self.approval = approval
        self.whenBusy = whenBusy
        self.context = context
    }

    /// The plan as of now; changes nothing.
    package func plan() throws -> PrunePlan {
        try withJob(.read) { job, _ in try job.plan() }
    }

    /// Carries the plan out, as a task; if there is nothing to remove, no task is made.
    ///
    /// - Throws: `ClockRefusal`, `PruneError`, `SchemaError`, `DatabaseBusyError`, `Cancelled`.
    package func run() throws -> (plan: PrunePlan, task: TaskSummary?) {
        try withJob(.write) { job, connection in
            try context.requireBelievableClock(on: connection)
            let plan = try job.plan()
            if plan.removed.isEmpty { return (plan, nil) }
            try job.refuseTooLarge(plan)
            let completed = try context.runTask(.retention, whenBusy: whenBusy) { task in
                let plan = try job.run(task)
                return (
                    plan,
                    TaskResult(
                        status: .completed,
                        message: "\(plan.removed.count.counted("book")) removed, \(plan.kept.count) kept",
                        result: try JSONDocument.stored(RetentionDocument(.carriedOut(plan))), exitCode: 0)
                )
            }
            return (completed.value, completed.summary)
        }
    }

    private func withJob<Value>(_ purpose: ConnectionPurpose, _ body: (PruneBooks, any Connection) throws -> Value)
        throws -> Value
    {
        let connection = try context.connect(for: purpose)
        defer { connection.close() }
        try context.afterOtherMigrations(whenBusy) { try context.migrationRunner(on: connection).requireComplete() }
        return try body(
            PruneBooks(
                connection, policy: .standard(zone: context.zone), now: context.now, approval: approval,
                timing: context.cancellation.retryTiming), connection)
    }
}
