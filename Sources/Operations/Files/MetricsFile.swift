package import ErrorModel
import Foundation

/// The file in which metrics are left for node_exporter.
package enum MetricsFile {
    /// Why a file cannot be the one. It was not changed.
    package struct Refusal: Diagnosable {
        package let description: String
        package let remedy: Remedy?

        package var category: ErrorCategory { .usage }
    }

    /// node_exporter reads files of no other ending.
    ///
    /// - Throws: ``Refusal``.
    static func checkName(_ path: String) throws {
        guard path.hasSuffix(".prom"), (path as NSString).lastPathComponent != ".prom" else {
            throw Refusal(
                description:
                    "'\(path)' does not end in .prom, and node_exporter reads no other file; it was not changed",
                remedy: .text("Write a name such as /var/lib/prometheus/node-exporter/pnbook.prom"))
        }
    }

    /// Makes sure that the file has the right name, and that no file but one of ours would be replaced. Whether it can be
    /// written is not looked at: metrics never keep a run from its work.
    ///
    /// - Throws: ``Refusal``.
    package static func check(_ path: String) throws {
        try checkName(path)
        do {
            try AtomicFile.check(path, replacing: .marked(.metrics))
        } catch let error as FileError {
            if case .io = error { return }
            throw Refusal(description: "\(error)", remedy: .text("Give metrics a name of their own"))
        }
    }

    /// The same for a file that was given for this run alone.
    ///
    /// - Parameter name: what the front end calls it, such as `--metrics`.
    /// - Throws: ``UsageError``.
    package static func check(_ path: String, from name: String) throws {
        do {
            try check(path)
        } catch let refusal as Refusal {
            throw UsageError(description: "\(name): \(refusal)", remedy: refusal.remedy)
        }
    }
}
