import ArgumentParser
import Logging
import Operations
import Tasks

/// `pnbook metrics`: metrics for a collector.
struct MetricsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print metrics for Prometheus, or write them for node_exporter.",
        discussion: """
            Last success and failure of each kind of task, how long it took, what the last creation read and left out and \
            why, the active book's age and size, and how many books each tier keeps. 'create --metrics FILE' writes them after \
            each run. Alert on: time() - pnbook_task_last_success_timestamp_seconds{type="partnumber_book_create"} > \
            \(LastTaskResults.overdueAfter)
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write to this file, in one step, such as /var/lib/prometheus/node-exporter/pnbook.prom.",
            valueName: "file"))
    var to: String?

    mutating func run(_ context: CommandContext) throws {
        if let to { try MetricsFile.check(to, from: "--to") }
        let result = MetricsResult(metrics: try Metrics(context.run, program: ProgramVersion.number), file: to)
        if let to { try AtomicFile.write(result.metrics.text, to: to, rights: .everyone, replacing: .marked(.metrics)) }
        if let to { context.logger.debug("wrote \(to)") }
        try context.print(result)
    }
}
