package import Chronology

/// Which books stay and which go, each with its reasons, both from newest to oldest.
package struct RetentionPlan: Equatable, Sendable {
    package var kept: [Kept] = []
    package var removed: [Removed] = []

    package struct Kept: Equatable, Sendable {
        package var book: RetentionCandidate
        /// Never empty.
        package var reasons: [KeepReason]
    }

    package struct Removed: Equatable, Sendable {
        package var book: RetentionCandidate
        /// One for each tier that is on, in the order of the tiers.
        package var reasons: [RemovalReason]
    }

    /// The books dated in the future, which take no part and deserve a warning.
    package var future: [RetentionCandidate] {
        kept.filter { $0.reasons.contains(.future) }.map(\.book)
    }
}

extension RetentionPolicy {
    /// How far after now a book may be dated and still take part: clocks of two hosts differ.
    package static let futureTolerance: Int64 = 5 * 60 * 1000

    /// Decides for each of `books` whether it stays (<doc:Counting#Tiers-and-buckets>).
    ///
    /// Pure: the same books, policy and instant give the same plan, in whatever order the books come.
    ///
    /// - Parameter justMade: the book that this run has published, if any; it is never removed.
    package func plan(for books: [RetentionCandidate], now: Instant, justMade: Int64? = nil) -> RetentionPlan {
        let newestFirst = books.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        let horizon = now.advanced(byMilliseconds: Self.futureTolerance)
        var tiers = Tier.allCases.filter { count(of: $0) > 0 }.map { TierWalk(tier: $0, limit: count(of: $0)) }
        var plan = RetentionPlan()
        for book in newestFirst {
            var keep: [KeepReason] = []
            var remove: [RemovalReason] = []
            if book.isActive { keep.append(.active) }
            if book.id == justMade { keep.append(.justMade) }
            if book.isPrevious { keep.append(.previous) }
            if let note = book.pinNote { keep.append(.pinned(note)) }
            if book.createdAt > horizon {
                keep.append(.future)
            } else {
                let date = zone.date(at: book.createdAt)
                for index in tiers.indices {
                    switch tiers[index].visit(book.id, on: date) {
                    case .keep(let reason): keep.append(reason)
                    case .pass(let reason): remove.append(reason)
                    }
                }
            }
            if keep.isEmpty {
                plan.removed.append(.init(book: book, reasons: remove))
            } else {
                plan.kept.append(.init(book: book, reasons: keep))
            }
        }
        return plan
    }
}

/// One tier on its way from the newest book to the oldest.
private struct TierWalk {
    let tier: Tier
    let limit: Int
    private var representatives: [String: Int64] = [:]

    init(tier: Tier, limit: Int) {
        self.tier = tier
        self.limit = limit
    }

    enum Verdict {
        case keep(KeepReason)
        case pass(RemovalReason)
    }

    mutating func visit(_ id: Int64, on date: CivilDate) -> Verdict {
        let bucket = tier.bucket(of: date)
        if let representative = representatives[bucket] {
            return .pass(.represented(tier, bucket: bucket, by: representative))
        }
        guard representatives.count < limit else {
            return .pass(.overLimit(tier, bucket: bucket, limit: limit))
        }
        representatives[bucket] = id
        return .keep(.represents(tier, ordinal: representatives.count, bucket: bucket))
    }
}
