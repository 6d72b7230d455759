import ErrorModel
import Operations

/// The result of `metrics`.
struct MetricsResult: CommandResult {
    let metrics: Metrics
    /// The file that the text was written to; nil if it is printed.
    let file: String?

    private enum Key: CodingKey {
        case metrics, file
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(metrics.families.flatMap(Sample.all), forKey: .metrics)
        try container.encode(file, forKey: .file)
    }

    func text(_ style: TextStyle) -> DisplayText { file == nil ? .verbatim(metrics.text) : "" }

    private struct Sample: Encodable {
        let name: String
        let labels: [String: String]
        let value: Double

        static func all(of family: PrometheusText.Family) -> [Sample] {
            family.samples.map { sample in
                Sample(
                    name: family.name,
                    labels: Dictionary(sample.labels.map { ($0.name, $0.value) }) { first, _ in first },
                    value: Double(sample.value) ?? 0)
            }
        }
    }
}
