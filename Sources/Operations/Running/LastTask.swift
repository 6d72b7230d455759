import Synchronization

/// The task that a run has ended last, for whoever has to report it also where the run failed.
package final class LastTask: Sendable {
    private let known = Mutex<TaskSummary?>(nil)

    package init() {}

    package var summary: TaskSummary? { known.withLock { $0 } }

    func record(_ summary: TaskSummary) {
        known.withLock { $0 = summary }
    }
}
