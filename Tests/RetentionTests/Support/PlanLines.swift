import Chronology
import Retention
import Testing

extension RetentionPlan {
    /// The plan as text, a line for each book with all its reasons: what a failed comparison shows.
    var lines: [String] {
        kept.map { "kept \($0.book.id): " + $0.reasons.map(\.description).joined(separator: ", ") }
            + removed.map { "removed \($0.book.id): " + $0.reasons.map(\.description).joined(separator: ", ") }
    }

    var keptIDs: [Int64] { kept.map(\.book.id) }

    var removedIDs: [Int64] { removed.map(\.book.id) }
}

/// The instant that an ISO 8601 text names.
func instant(_ text: String) throws -> Instant {
    try #require(Instant(iso8601: text), "\(text) names no instant")
}

func book(
    _ id: Int64, _ createdAt: String, active: Bool = false, previous: Bool = false, pinned note: String? = nil
) throws -> RetentionCandidate {
    RetentionCandidate(
        id: id, createdAt: try instant(createdAt), isActive: active, isPrevious: previous, pinNote: note)
}

extension RetentionCandidate {
    /// The same book with other marks.
    func marked(active: Bool = false, previous: Bool = false) -> RetentionCandidate {
        RetentionCandidate(id: id, createdAt: createdAt, isActive: active, isPrevious: previous, pinNote: pinNote)
    }
}

/// A policy in which a tier is off unless it is given a count.
func policy(
    daily: Int = 0, weekly: Int = 0, monthly: Int = 0, yearly: Int = 0, in zone: String = "UTC"
) throws -> RetentionPolicy {
    let zone = try #require(Zone(identifier: zone), "\(zone) is no zone")
    return try RetentionPolicy(daily: daily, weekly: weekly, monthly: monthly, yearly: yearly, zone: zone)
}
