import Chronology
import ErrorModel
import PartnumberBooks
import Retention
import Tasks

/// Metrics in Prometheus' text format: gauges only, without time stamps.
package struct PrometheusText {
    /// One metric with its samples, one for each set of labels.
    package struct Family {
        /// With its prefix: `pnbook_books`.
        package let name: String
        let help: String
        /// At least one.
        package let samples: [Sample]
    }

    private(set) var families: [Family] = []

    /// In Prometheus' text format, as node_exporter's textfile collector reads it.
    var text: String {
        families.map { family in
            "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) gauge\n"
                + family.samples.map { sample in
                    let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
                    let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
                    return family.name + list + " \(sample.value)\n"
                }.joined()
        }.joined()
    }

    /// Adds one metric.
    ///
    /// - Parameters:
    ///   - samples: if there are none, nothing is written.
    ///   - help: one line, in words.
    mutating func add(_ name: String, _ help: String, _ samples: [Sample]) {
        if !samples.isEmpty { families.append(Family(name: "pnbook_" + name, help: help, samples: samples)) }
    }

    /// Adds a metric with a single sample.
    mutating func add(_ name: String, _ help: String, _ value: Int) {
        add(name, help, [Sample(value)])
    }

    /// One value with its labels.
    package struct Sample {
        /// A label's name and value.
        package struct Label {
            package let name: String
            package let value: String
        }

        /// The number as it is written.
        package let value: String
        package let labels: [Label]

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

    /// A label's value as the format quotes it: backslash, quote and line break escaped. Other hidden scalars are shown by
    /// their numbers, for a person who reads the metrics on a terminal.
    static func escaped(_ text: String) -> String {
        // By scalars: a carriage return before a line break, or a mark after a quote, makes another `Character` of it.
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: scalar.isHidden ? "\\" + scalar.escaped : String(scalar)
            }
        }.joined()
    }
}
