import ArgumentParser
import Tasks

/// `pnbook metrics`: figures for a collector.
struct MetricsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print figures for Prometheus, or write them for node_exporter.",
        discussion: """
            Last success and failure of each kind of task, how long it took, what the last creation read and left out and \
            why, the active book's age and size, how many books each tier keeps. 'create --metrics FILE' writes them after \
            each run. Alert on: time() - pnbook_task_last_success_timestamp_seconds{type="partnumber_book_create"} > \
            \(LastTaskResults.overdueAfter)
            """)

    @OptionGroup var common: CommonOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write to this file, at once and whole, such as /var/lib/prometheus/node-exporter/pnbook.prom.",
            valueName: "file"))
    var to: String?

    mutating func run(_ context: AppContext) throws {
        let metrics = try Metrics(context)
        if let to {
            try AtomicFile.write(metrics.text, to: to, mode: AtomicFile.publicMode)
        } else if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(metrics: metrics.families.flatMap(Figure.all))))
        } else {
            try context.output.write(metrics.text)
        }
    }

    private struct Document: Encodable {
        let schema = 1
        let metrics: [Figure]
    }

    private struct Figure: Encodable {
        let name: String
        let labels: [String: String]
        let value: Double

        static func all(of family: MetricsText.Family) -> [Figure] {
            family.samples.map { sample in
                Figure(
                    name: family.name,
                    labels: Dictionary(sample.labels.map { ($0.name, $0.value) }) { first, _ in first },
                    value: Double(sample.value) ?? 0)
            }
        }
    }
}
