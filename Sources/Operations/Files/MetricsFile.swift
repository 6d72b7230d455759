import ErrorModel
import FoundationEssentials

/// The file in which metrics are left for node_exporter.
package enum MetricsFile {
    /// Makes sure, before any work, that no file but one of ours would be replaced. Anything else that keeps the metrics from being
    /// written is not looked at: it never keeps a run from its work.
    ///
    /// - Throws: ``FileError/notOurs(_:_:)``.
    static func check(_ path: String) throws(FileError) {
        do {
            try AtomicFile.check(path, replacing: .marked(.metrics))
        } catch let error as FileError {
            if case .notOurs = error { throw error }
        } catch {}
    }

    /// The same for a file that was given for this run alone: a typing error, and the person who made it is there.
    ///
    /// - Parameter name: what the front end calls it, such as `--metrics`.
    /// - Throws: ``UsageError``.
    package static func check(_ path: String, from name: String) throws {
        do {
            try check(path)
        } catch {
            throw UsageError("\(name): \(error)", remedy: error.remedy)
        }
    }

    /// Whether node_exporter reads a file of this name.
    static func isCollected(_ path: String) -> Bool { path.hasSuffix(".prom") && !path.hasSuffix("/.prom") }
}
