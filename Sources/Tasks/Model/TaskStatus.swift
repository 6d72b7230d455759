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

    /// What the host's other programs call the same.
    private static let hostWords: [String: TaskStatus] = [
        "queued": .pending, "processing": .running, "fetching": .running, "passed": .completed, "success": .completed,
        "error": .failed, "canceled": .cancelled,
    ]

    /// Reads a stored status, also by the names that the host's other programs use.
    package init?(stored text: String) {
        let word = text.lowercased()
        if let status = Self.hostWords[word] ?? Self(rawValue: word) { self = status } else { return nil }
    }

    /// A condition in SQL: the column `status` has one of the words, ours or the host's, for a status that `isMeant`.
    static func condition(_ isMeant: (TaskStatus) -> Bool) -> String {
        let words = allCases.map { ($0.rawValue, $0) } + hostWords.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return "LOWER(status) IN (\(list(words.filter { isMeant($0.1) }.map(\.0))))"
    }

    /// Our own words for an end, in SQL.
    static let ends = list(allCases.filter(\.isFinal).map(\.rawValue))

    private static func list(_ words: [String]) -> String { words.map { "'\($0)'" }.joined(separator: ", ") }

    /// The same for a task that has ended.
    static let hasEnded = condition(\.isFinal)
    /// The same for one that is running.
    static let isRunning = condition { $0 == .running }

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
