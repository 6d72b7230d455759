/// The status of a task (<doc:TaskModel#Statuses>).
package enum TaskStatus: String, Sendable, CaseIterable, Codable {
    /// Requested, not begun.
    case pending
    /// A process is working on it, or died while doing so.
    case running
    case completed
    /// Done, with warnings to be read.
    case completedWithWarnings = "completed_with_warnings"
    case failed
    case cancelled

    /// Reads a stored status, also by the names that the host's other programs use.
    package init?(stored text: String) {
        switch text.lowercased() {
        case "queued": self = .pending
        case "processing", "fetching": self = .running
        case "passed", "success": self = .completed
        case "error": self = .failed
        case "canceled": self = .cancelled
        case let other: self.init(rawValue: other)
        }
    }

    /// The task has ended: its status never changes again.
    package var isFinal: Bool {
        switch self {
        case .pending, .running: false
        case .completed, .completedWithWarnings, .failed, .cancelled: true
        }
    }

    /// The work was done.
    package var isSuccess: Bool {
        self == .completed || self == .completedWithWarnings
    }
}
