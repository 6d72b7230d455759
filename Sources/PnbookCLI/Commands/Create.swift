import ArgumentParser
import ErrorModel
import Operations
import PartnumberBooks
import Tasks

/// `pnbook create`: the main job.
struct Create: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a book from the catalogue, publish it and retire old books.",
        discussion: """
            Reads the catalogue at one instant, builds the book, publishes it in one commit and applies retention. \
            Whatever goes wrong before the commit leaves the active book as it was.
            """)

    static let checksSecretsItself = true

    @OptionGroup var common: CommonOptions
    @OptionGroup var concurrency: ConcurrencyOptions

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
        help: ArgumentHelp(
            "The name in the book's created_by. (default: the value of --triggered-by)", valueName: "name"))
    var createdBy: String?

    @Flag(name: .long, help: "Exit 3 when the run ends with warnings.")
    var failOnWarnings = false

    @Flag(
        name: .long,
        help: """
            Under --quiet print, and under --fail-on-warnings count, only warnings that the last completed run did not have.
            """)
    var onlyNewWarnings = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "If the database is away, busy or full, try again for this long (30m, 1h), less and less often.",
            valueName: "duration"))
    var retryFor: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "After the run write metrics for node_exporter to this file; see 'pnbook metrics'. (PNBOOK_METRICS)",
            valueName: "file"))
    var metrics: String?

    var isDryRun: Bool { dryRun }

    mutating func run(_ context: CommandContext) throws {
        if let metrics { try MetricsFile.check(metrics, from: "--metrics") }
        do {
            try createAndReport(context)
        } catch let failure as FailedCreation {
            throw context.report(failure, isDryRun: dryRun)
        }
    }

    private func createAndReport(_ context: CommandContext) throws {
        let result: CreateResult
        if dryRun {
            result = try create(context)
        } else {
            result = try context.run.withMonitoring(.create, metricsTo: metrics, program: ProgramVersion.number) {
                let result = try create(context)
                return (result, result.report.news.string)
            }
        }
        try context.end(by: result)
    }

    private func create(_ context: CommandContext) throws -> CreateResult {
        try context.requireSecrets()
        var request = try request()
        let (window, concurrency) = (try retryWindow(), concurrency)
        try context.probeOutput()
        let isFinal = { @Sendable (error: any Error) in (error as? DatabaseBusyError).map(concurrency.skips) ?? false }
        let (report, task) = try context.run.retrying(for: window, unless: isFinal) {
            if onlyNewWarnings { request.knownWarnings = KnownWarnings(of: context.run) }
            // Of this attempt: what an earlier one has seen says nothing of a later one's failure.
            let tally = RunTally()
            return try FailedCreation.telling(tally) {
                try BookCreation(request, context.run, tally: tally).run()
            }
        }
        let result = CreateResult(
            report: report, task: task, known: request.knownWarnings, failsOnWarnings: failOnWarnings)
        try context.write(result)
        if !dryRun { context.record(result.report.news) }
        return result
    }

    private func retryWindow() throws -> Duration {
        guard let retryFor else { return .zero }
        guard let seconds = DurationArgument.seconds(retryFor) else {
            throw UsageError(
                "--retry-for '\(retryFor)' is not a duration; write one such as 90s, 30m or 1h")
        }
        return .seconds(seconds)
    }

    private func request() throws -> BookCreation.Request {
        if let createdBy, createdBy.isEmpty || createdBy.unicodeScalars.count > 100 {
            throw UsageError("--created-by must have 1 to 100 characters")
        }
        var request = BookCreation.Request()
        request.isDryRun = dryRun
        request.appliesMigrations = migrate
        request.allowsShrinking = allowShrink
        request.onlyIfChanged = ifChanged
        request.createdBy = createdBy
        request.whenBusy = try concurrency.whenBusy()
        if failOnWarnings { request.exitCodeOfWarnings = ExitStatus.warnings.rawValue }
        return request
    }
}
