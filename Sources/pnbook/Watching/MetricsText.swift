import Chronology
import PartnumberBooks
import Retention
import Tasks

/// Figures in Prometheus' text format, as node_exporter's textfile collector reads them: gauges only, no time stamps.
struct MetricsText {
    private(set) var text = ""

    /// One family of figures.
    ///
    /// - Parameters:
    ///   - samples: nothing is written where there are none.
    ///   - help: one line, in words.
    mutating func add(_ name: String, _ help: String, _ samples: [Sample]) {
        if samples.isEmpty { return }
        text += "# HELP pnbook_\(name) \(help)\n# TYPE pnbook_\(name) gauge\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
            text += "pnbook_\(name)" + (labels.isEmpty ? "" : "{\(labels)}") + " \(sample.value)\n"
        }
    }

    /// A family of one figure.
    mutating func add(_ name: String, _ help: String, _ value: Int) {
        add(name, help, [Sample(value)])
    }

    struct Sample {
        struct Label {
            let name: String
            let value: String
        }

        /// As it is written: a number.
        let value: String
        let labels: [Label]

        init(_ value: Int, _ labels: (String, String)...) {
            self.init(String(value), labels)
        }

        /// Seconds since the epoch.
        init(_ instant: Instant, _ labels: (String, String)...) {
            self.init(Self.seconds(instant.milliseconds), labels)
        }

        /// A duration, in seconds.
        init(milliseconds: Int64, _ labels: (String, String)...) {
            self.init(Self.seconds(milliseconds), labels)
        }

        private init(_ value: String, _ labels: [(String, String)]) {
            self.value = value
            self.labels = labels.map { Label(name: $0.0, value: $0.1) }
        }

        private static func seconds(_ milliseconds: Int64) -> String {
            "\(milliseconds / 1000).\(padded(abs(milliseconds % 1000), 3))"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
