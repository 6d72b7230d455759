import Foundation

/// How long the tests of a cluster go on: the short form is part of every run of all tests, and the long one is what
/// `Tests/storm` asks for.
enum ClusterForm {
    /// Minutes of the storm; 0 for the short form, which has none.
    static let stormMinutes = ProcessInfo.processInfo.environment["PNBOOK_TEST_STORM_MINUTES"].flatMap(Double.init) ?? 0

    static let isLong = ProcessInfo.processInfo.environment["PNBOOK_TEST_CLUSTER"] == "long"

    /// How often something is done in the form that is run.
    static func rounds(_ short: Int, long: Int) -> Int { isLong ? long : short }

    /// Writes down what was measured: to the file of PNBOOK_TEST_FIGURES, a line for each.
    static func note(_ what: String, _ figure: String) {
        print("figure: \(what): \(figure)")
        guard let path = ProcessInfo.processInfo.environment["PNBOOK_TEST_FIGURES"] else { return }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let line = "\(what)\t\(figure)\n"
        _ = line.withCString { write(descriptor, $0, strlen($0)) }
    }
}
