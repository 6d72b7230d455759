import Chronology
import Database
import ErrorModel
import Logging
import Migrations
package import PartnumberBooks
import Retention
package import Tasks

/// The main job, as any front end starts it: the schema first, then a task, and in it the book.
package struct BookCreation {
    /// The options of one run.
    package struct Request: Sendable {
        /// Build and report, and write nothing.
        package var isDryRun = false
        /// Apply pending migrations first; a dry run says which they would be.
        package var appliesMigrations = false
        /// Publish even if the book has fewer than half of the active book's items (<doc:BookRules#Guards>).
        package var allowsShrinking = false
        /// Publish nothing where the book would equal the active one.
        package var onlyIfChanged = false
        /// The name in the book's `created_by`, 1 to 100 characters; nil for the run's trigger.
        package var createdBy: String?
        /// What to do if another run is working.
        package var whenBusy = TaskLauncher.WhenBusy.fail
        /// What the process will exit with if there are warnings that are not known, for the task's row.
        package var exitCodeOfWarnings: Int32 = 0
        /// Warnings that do not count for that.
        package var knownWarnings = KnownWarnings.none

        package init() {}
    }

    private let context: RunContext
    private let request: Request
    private let tally: RunTally

    /// - Parameter tally: has what the run has seen of the catalogue, also where it is refused or fails.
    package init(_ request: Request, _ context: RunContext, tally: RunTally = RunTally()) {
        self.request = request
        self.context = context
        self.tally = tally
    }

    /// Makes and publishes the book.
    ///
    /// - Returns: what was made, and its task; no task for a dry run.
    /// - Throws: `ClockRefusal`, `SchemaError`, `DatabaseBusyError`, `Cancelled`, and the errors of `CreateBook`.
    package func run() throws -> (report: CreateReport, task: TaskSummary?) {
        // What can be refused is refused here, before the task begins and anything is written.
        try context.afterOtherMigrations(request.whenBusy) { try prepareSchema() }
        let context = context
        let connect = { (role: CreateBook.Role) in try context.connect(for: role == .writer ? .write : .read) }
        var options = options
        if request.isDryRun { return (try CreateBook(options: options, connect: connect).dryRun(tally: tally), nil) }
        let completed = try context.runTask(
            .create, whenBusy: request.whenBusy,
            resultOfFailure: { try tally.counted.map { try JSONDocument.stored(CreateDocument(failed: $0)) } }
        ) { task in
            // A run that has waited for another one is dated from when it began to work.
            if !context.clock.isFixed {
                options.now = task.startedAt
                try recheckClock(after: task.startedAt)
            }
            let report = try CreateBook(options: options, connect: connect, release: context.connections.release).run(
                task, tally: tally)
            return (report, try result(of: report))
        }
        return (completed.value, completed.summary)
    }

    private var options: CreateBook.Options {
        var options = CreateBook.Options(
            now: context.now, zone: context.zone, createdBy: request.createdBy ?? context.trigger.description,
            policy: .standard(zone: context.zone))
        options.allowShrink = request.allowsShrinking
        options.onlyIfChanged = request.onlyIfChanged
        return options
    }

    /// Asks again where the clock has jumped while this run waited for another one.
    private func recheckClock(after began: Instant) throws {
        guard abs(began.milliseconds - context.now.milliseconds) >= ClockGuard.contradiction else { return }
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        try context.requireBelievableClock(on: connection)
    }

    private func prepareSchema() throws {
        let connection = try context.connect(for: request.isDryRun ? .read : .write)
        defer { connection.close() }
        try CreateBook.checkSources(connection)
        if !request.isDryRun {
            try context.requireBelievableClock(on: connection)
        } else if let refusal = try context.clockRefusal(on: connection) {
            context.logger.warn("a run would be refused: \(context.describeFailure(refusal).message)")
        }
        let runner = context.migrationRunner(on: connection)
        if request.appliesMigrations, request.isDryRun {
            let pending = try runner.applicableStatus().pending
            if !pending.isEmpty {
                context.logger.warn(
                    "pending migrations \(pending.map(Migration.label).joined(separator: ", ")) would be applied first")
            }
            return
        }
        if request.appliesMigrations { try context.migrateBeforeBook(whenBusy: request.whenBusy) }
        try runner.requireComplete()
    }

    private func result(of report: CreateReport) throws -> TaskResult {
        let describe = { (error: any Diagnosable) in context.describeFailure(error).message }
        let hasNewWarnings = report.warnings.contains { !request.knownWarnings.contains($0.text(describe).string) }
        return TaskResult(
            status: report.warnings.isEmpty ? .completed : .completedWithWarnings, message: report.summary.string,
            result: try JSONDocument.stored(CreateDocument(report, describe: describe)),
            exitCode: hasNewWarnings ? request.exitCodeOfWarnings : 0)
    }
}
