package import Chronology
import Crypto
package import ErrorModel
package import Retention

/// A retention plan over the stored books, with their names and a hash that identifies exactly this plan.
package struct PrunePlan: Sendable {
    package struct Entry: Sendable {
        package let book: BookHeader
        package let reasons: [String]
    }

    /// Newest first.
    package let kept: [Entry]
    /// Newest first.
    package let removed: [Entry]
    /// Books dated in the future, of those kept.
    package let future: [BookHeader]
    /// Sixteen hexadecimal digits over policy, zone and every decision.
    package let hash: String
    /// The most that may go without a person's word.
    package let automaticLimit: Int

    package var exceedsAutomaticLimit: Bool { removed.count > automaticLimit }

    package init(books: [BookHeader], policy: RetentionPolicy, now: Instant, justMade: Int64?) {
        let byID = Dictionary(books.map { ($0.id, $0) }) { first, _ in first }
        let plan = policy.plan(
            for: books.map(\.mark), now: now, justMade: justMade)
        kept = plan.kept.compactMap { entry in
            byID[entry.book.id].map { Entry(book: $0, reasons: entry.reasons.map(\.description)) }
        }
        removed = plan.removed.compactMap { entry in
            byID[entry.book.id].map { Entry(book: $0, reasons: entry.reasons.map(\.description)) }
        }
        future = plan.future.compactMap { byID[$0.id] }
        automaticLimit = policy.automaticRemovalLimit
        hash = Self.hash(of: policy, kept: kept.map(\.book), removed: removed.map(\.book))
    }

    /// Which books go and which stay, under which policy; not why, and not when it was asked: a plan that decides the
    /// same is the same plan.
    private static func hash(of policy: RetentionPolicy, kept: [BookHeader], removed: [BookHeader]) -> String {
        var text = "\(policy.daily) \(policy.weekly) \(policy.monthly) \(policy.yearly) \(policy.zone)\n"
        for (verb, books) in [("keep", kept), ("remove", removed)] {
            for book in books { text += "\(verb) \(book.id) \(book.version) \(book.createdAt.iso8601)\n" }
        }
        return String(Hexadecimal.text(of: SHA256.hash(data: Array(text.utf8))).prefix(16))
    }
}

extension BookHeader {
    /// What retention needs to know of it.
    package var mark: RetentionCandidate { RetentionCandidate(id: id, createdAt: createdAt, isActive: isActive) }
}

/// A plan that is too large to be carried out unasked (<doc:Counting#Limits>), or not the one that was approved.
package enum PruneRefusal: Diagnosable, Hashable {
    case beyondLimit(removals: Int, limit: Int, hash: String)
    case otherPlan(approved: String, actual: String)

    package var text: DisplayText {
        switch self {
        case .beyondLimit(let removals, let limit, _):
            "retention would remove \(removals) books, and at most \(limit) go without being asked for; none was removed"
        case .otherPlan(let approved, let actual):
            "the approved plan \(approved) is not the plan as it is now, \(actual): books have come or gone; none was "
                + "removed"
        }
    }

    package var category: ErrorCategory { .refused }

    package var remedy: Remedy? {
        switch self {
        case .beyondLimit(_, _, let hash): .approvePlan(hash: hash)
        case .otherPlan: .reviewPlan
        }
    }
}
