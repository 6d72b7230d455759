package import Chronology
import Crypto
package import ErrorModel
package import Retention

/// A retention plan over the stored books, with their names and a hash that identifies exactly this plan.
package struct PrunePlan: Sendable {
    package struct Entry: Sendable {
        package let book: BookHeader
        /// The book as retention sees it.
        package let candidate: RetentionCandidate
        /// In English, as programs read them.
        package var reasons: [String] { words.map(\.string) }
        /// The reasons, for people.
        package let words: [DisplayText]
        /// The tiers that keep it.
        package let tiers: [Tier]
        /// Whether it is dated in the future.
        package let isFuture: Bool
        /// Of a removed book: the newer one that has taken its place in the first tier that names one.
        package let successor: Int64?

        init(_ book: BookHeader, _ candidate: RetentionCandidate, _ reasons: [KeepReason]) {
            self.book = book
            self.candidate = candidate
            words = reasons.map(\.text)
            tiers = reasons.compactMap { if case .represents(let tier, _, _) = $0 { tier } else { nil } }
            isFuture = reasons.contains(.future)
            successor = nil
        }

        init(_ book: BookHeader, _ candidate: RetentionCandidate, _ reasons: [RemovalReason]) {
            self.book = book
            self.candidate = candidate
            words = reasons.map(\.text)
            tiers = []
            isFuture = false
            successor =
                reasons.lazy.compactMap { reason in
                    if case .represented(_, _, let id) = reason { id } else { nil }
                }.first
        }
    }

    /// Newest first.
    package private(set) var kept: [Entry]
    /// Newest first.
    package private(set) var removed: [Entry]
    /// Books dated in the future, of those kept.
    package let future: [BookHeader]
    /// Sixteen hexadecimal digits over policy, zone and every decision.
    package let hash: String
    /// The most that may go without a person's word.
    package let automaticLimit: Int

    package var exceedsAutomaticLimit: Bool { removed.count > automaticLimit }

    /// - Parameters:
    ///   - books: all that exist.
    ///   - marks: what keeps some of them beside the tiers.
    ///   - justMade: the book that the asking run has published; nil where there is none.
    package init(books: [BookHeader], marks: BookMarks, policy: RetentionPolicy, now: Instant, justMade: Int64?) {
        let byID = Dictionary(books.map { ($0.id, $0) }) { first, _ in first }
        let plan = policy.plan(for: books.map(marks.candidate), now: now, justMade: justMade)
        kept = plan.kept.compactMap { entry in byID[entry.book.id].map { Entry($0, entry.book, entry.reasons) } }
        removed = plan.removed.compactMap { entry in byID[entry.book.id].map { Entry($0, entry.book, entry.reasons) } }
        future = plan.future.compactMap { byID[$0.id] }
        automaticLimit = policy.automaticRemovalLimit
        hash = Self.hash(of: policy, kept: kept.map(\.book), removed: removed.map(\.book))
    }

    /// The plan as it was carried out, without a book that was pinned meanwhile. The hash stays that of what was decided.
    mutating func spare(_ pin: BookPin) {
        guard let index = removed.firstIndex(where: { $0.book.id == pin.bookID }) else { return }
        let book = removed.remove(at: index).book
        let spared = Entry(book, BookMarks(pins: [book.id: pin]).candidate(book), [KeepReason.pinned(pin.note)])
        kept.insert(spared, at: kept.firstIndex { book.isNewer(than: $0.book) } ?? kept.endIndex)
    }

    /// What this plan removes and is gone by the time at which `later` was made.
    func removed(before later: PrunePlan) -> [Entry] {
        let present = Set((later.kept + later.removed).map(\.book.id))
        return removed.filter { !present.contains($0.book.id) }
    }

    /// The plan with what an earlier one of the same run has removed. The hash stays that of what was decided last.
    func adding(removed gone: [Entry]) -> PrunePlan {
        var plan = self
        plan.removed = (removed + gone).sorted { $0.book.isNewer(than: $1.book) }
        return plan
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
