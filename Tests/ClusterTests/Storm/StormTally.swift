import Harness
import TestSupport

/// What has happened in a storm, from all of its threads.
final class StormTally: Sendable {
    /// What a run of `create` has said of itself.
    struct Report: Sendable {
        let task: String
        /// nil where it says that it has published nothing.
        let version: String?
        let said: String
    }

    private struct State {
        var counts: [String: Int] = [:]
        var violations: [String] = []
        var reports: [Report] = []
    }

    private let state = Locked(State())

    func count(_ what: String, _ number: Int = 1) {
        state.withLock { $0.counts[what, default: 0] += number }
    }

    func violation(_ what: String) {
        print("violation: \(what)")
        state.withLock { $0.violations.append(what) }
    }

    func add(_ report: Report) {
        state.withLock { $0.reports.append(report) }
    }

    var violations: [String] { state.withLock { $0.violations } }
    var reports: [Report] { state.withLock { $0.reports } }

    func count(of what: String) -> Int { state.withLock { $0.counts[what] ?? 0 } }

    /// `what number, …` of all whose name begins so.
    func counts(_ start: String) -> String {
        state.withLock { $0.counts }.filter { $0.key.hasPrefix(start) }.sorted { $0.key < $1.key }
            .map { "\($0.key.dropFirst(start.count)) \($0.value)" }.joined(separator: ", ")
    }
}
