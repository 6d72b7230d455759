package import Chronology

/// One row of `pnbook_tasks`.
package struct TaskRecord: Sendable, Hashable {
    /// A UUID in lower case.
    package var id: String
    /// ``TaskType``, or a type of the host's.
    package var type: String
    package var status: TaskStatus
    /// 0 to 100; never falls, and 100 only once the work is done.
    package var progress: Int
    /// What it is doing now, or did last.
    package var message: String
    /// A JSON document, once the work is done.
    package var result: String?
    /// Why it failed.
    package var errorMessage: String?
    package var triggeredBy: String
    package var createdAt: Instant
    package var startedAt: Instant?
    /// Set with a final status, and only with one.
    package var completedAt: Instant?
    /// Who works on it; nil for another program's task.
    package var owner: ProcessIdentity?
    /// When its owner last said that it lives, by the owner's clock.
    package var heartbeatAt: Instant?
    /// How often it has said so.
    package var heartbeats = 0
    /// Somebody has asked for its end.
    package var cancelRequestedBy: String?
    /// What its process exited with; nil while it runs, after a loss, and for another program's task.
    package var exitCode: Int32?
}
