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
    /// A JSON document, once the work is done; also of what a failed one had found out.
    package var result: String?
    /// Why it failed.
    package var errorMessage: String?
    package var triggeredBy: String
    package var createdAt: Instant
    package var startedAt: Instant?
    /// Set exactly where the status is final.
    package var completedAt: Instant?
    /// The process that works on it; nil for another program's task.
    package var owner: ProcessIdentity?
    /// When its owner last wrote a heartbeat, by the owner's clock.
    package var heartbeatAt: Instant?
    /// How many heartbeats it has written.
    package var heartbeats = 0
    /// Who has asked it to end.
    package var cancelRequestedBy: String?
    /// What its process exited with; nil while it runs, where the process died, and for another program's task.
    package var exitCode: Int32?

    /// Memberwise.
    package init(
        id: String, type: String, status: TaskStatus, progress: Int, message: String, result: String? = nil,
        errorMessage: String? = nil, triggeredBy: String, createdAt: Instant, startedAt: Instant? = nil,
        completedAt: Instant? = nil, owner: ProcessIdentity? = nil, heartbeatAt: Instant? = nil, heartbeats: Int = 0,
        cancelRequestedBy: String? = nil, exitCode: Int32? = nil
    ) {
        self.id = id
        self.type = type
        self.status = status
        self.progress = progress
        self.message = message
        self.result = result
        self.errorMessage = errorMessage
        self.triggeredBy = triggeredBy
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.owner = owner
        self.heartbeatAt = heartbeatAt
        self.heartbeats = heartbeats
        self.cancelRequestedBy = cancelRequestedBy
        self.exitCode = exitCode
    }
}
