import Chronology
import Logging
import ArgumentParser
import Database
import Migrations
import PartnumberBooks
import Retention
import Tasks

/// `pnbook create`: the main job.
struct Create: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a book of the catalogue, publish it and retire old books.",
        discussion: """
            Reads the catalogue at one instant, builds the book, publishes it in one commit and applies retention. \
            Whatever goes wrong before the commit leaves the active book as it was.
            """)

    static let checksSecretsItself = true

    @OptionGroup var common: CommonOptions
    @OptionGroup var exclusive: ConcurrencyOptions

    @Flag(name: .long, help: "Build and report, and write nothing.")
    var dryRun = false

    @Flag(name: .long, help: "Apply pending migrations first.")
    var migrate = false

    @Flag(name: .long, help: "Publish also when the book has fewer than half of the active book's items.")
    var allowShrink = false

    @Flag(
        name: .long,
        help: "Publish nothing when the book would equal the active one: each costs every client a download.")
    var ifChanged = false

    @Option(
        name: .long,
        help: ArgumentHelp("Whose name the book carries. (default: what --triggered-by says)", valueName: "name"))
    var createdBy: String?

    @Flag(name: .long, help: "Exit 3 when the run ends with warnings.")
    var failOnWarnings = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "After the run write figures for node_exporter to this file; see 'pnbook metrics'. (PNBOOK_METRICS)",
            valueName: "file"))
    var metrics: String?

    var isDryRun: Bool { dryRun }

    mutating func run(_ context: AppContext) throws {
        if dryRun {
            _ = try make(context)
        } else {
            try context.watched(.create, metricsTo: metrics) { try make(context) }
        }
    }

    /// - Returns: what was done, in words.
    private func make(_ context: AppContext) throws -> String {
        try context.requireSecrets()
        let createdBy = createdBy ?? context.triggeredBy.description
        guard !createdBy.isEmpty, createdBy.unicodeScalars.count <= 100 else {
            throw UsageError(description: "--created-by must have 1 to 100 characters")
        }
        var options = CreateBook.Options(
            now: context.now, zone: context.zone, createdBy: createdBy,
            policy: .standard(zone: context.zone))
        options.allowShrink = allowShrink
        options.onlyIfChanged = ifChanged
        try context.probeOutput()
        try context.afterOthers(exclusive) { try prepareSchema(context) }
        let connect = { (role: CreateBook.Role) in try context.connect(for: role == .writer ? .write : .read) }
        let report: CreateReport
        let summary: CreateDocument.TaskSummary?
        if dryRun {
            report = try CreateBook(options: options, connect: connect).dryRun()
            summary = nil
        } else {
            let result = try context.asTask(.create, exclusive) { task in
                // A run that has waited for another one is of when it began to work.
                if !context.isClockSet { options.now = task.startedAt }
                let report = try CreateBook(options: options, connect: connect).run(task)
                return (report, try ending(of: report))
            }
            report = result.value
            summary = result.summary
        }
        try present(report, summary, context)
        if failOnWarnings, !report.warnings.isEmpty { throw Ending(code: ExitStatus.warnings.rawValue) }
        return Self.message(of: report)
    }

    private static func message(of report: CreateReport) -> String {
        report.isUnchanged
            ? "unchanged: \(report.book.version) stays active"
            : "\(report.book.version) is active with \(report.book.items) items"
    }

    /// Everything that can be refused is refused here, before the task begins and anything is written.
    private func prepareSchema(_ context: AppContext) throws {
        let connection = try context.connect(for: dryRun ? .read : .write)
        defer { connection.close() }
        try CreateBook.checkSources(connection)
        let runner = context.migrationRunner(on: connection)
        if migrate, dryRun {
            let pending = try runner.applicableStatus().pending
            if !pending.isEmpty {
                context.logger.warning(
                    "pending migrations \(pending.map(Migration.label).joined(separator: ", ")) would be applied first"
                )
            }
            return
        }
        if migrate { _ = try context.migrateUp(exclusive) }
        try runner.requireComplete()
    }

    private func ending(of report: CreateReport) throws -> TaskResult {
        let status: ExitStatus = failOnWarnings && !report.warnings.isEmpty ? .warnings : .done
        return TaskResult(
            status: report.warnings.isEmpty ? .completed : .completedWithWarnings,
            message: Self.message(of: report),
            result: try JSONDocument.compact(CreateDocument(report, task: nil)), exitCode: status.rawValue)
    }

    private func present(
        _ report: CreateReport, _ summary: CreateDocument.TaskSummary?, _ context: AppContext
    ) throws {
        let done = report.isDryRun || report.isUnchanged ? nil : "\(report.book.version) is published and active"
        if context.isJSON {
            try context.write(JSONDocument.pretty(CreateDocument(report, task: summary)), done: done)
        } else if !context.isQuiet {
            try context.write(report.text, done: done)
        } else {
            for warning in report.warnings { context.logger.warning("\(TextTable.visible(warning))") }
        }
    }
}
