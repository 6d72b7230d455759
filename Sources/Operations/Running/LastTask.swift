import Synchronization

/// The task that the run ended last, for a report that is due even if the run failed.
package final class LastTask: Sendable {
    private let known = Mutex<TaskSummary?>(nil)

    init() {}

    /// Nil while none has ended.
    package var summary: TaskSummary? { known.withLock { $0 } }

    func record(_ summary: TaskSummary) {
        known.withLock { $0 = summary }
    }
}
