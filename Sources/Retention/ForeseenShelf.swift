import Chronology

/// The books that exist and those that will be made, in the order of their time, with the buckets that they fall into.
///
/// Exact: a forecast is the same as planning and removing run by run. A removal never changes what is kept later (new books are
/// newer than all existing ones, so a book that no tier keeps is never kept again); therefore only books newer than the one that
/// is asked about count, and of them only how many buckets they fill. Those counts are the same for every book, so that what
/// comes is reckoned once, and only as far as a forecast looks.
struct ForeseenShelf {
    /// What retention would decide now.
    let present: RetentionPlan

    private let policy: RetentionPolicy
    private let tiers: [Tier]
    private let now: Instant
    private let horizon: Instant
    private var times: AnyIterator<Instant>
    /// The book that the first run replaces; each later one replaces the book of the run before it.
    private let replaced: Int64?

    /// Oldest first, none of them active: those that exist, then the one that each run makes.
    private var books: [RetentionCandidate] = []
    /// Of each book, by tier: how many buckets began before its own.
    private var positions: [[Int]] = []
    private var lastKeys: [Int] = []
    private var runs: [Run] = []
    private let existing: Int
    private let ids: Set<Int64>
    private var lastID: Int64

    private struct Run {
        let at: Instant
        /// How many of `books` take part: the newer ones are still in the future.
        let participants: Int
    }

    init(_ policy: RetentionPolicy, _ candidates: [RetentionCandidate], _ cadence: Cadence, now: Instant) {
        self.policy = policy
        self.now = now
        present = policy.plan(for: candidates, now: now)
        tiers = Tier.allCases.filter { policy.count(of: $0) > 0 }
        horizon = min(
            now.advanced(byMilliseconds: Int64(RetentionForecast.horizonInYears) * 366 * 86_400_000),
            Instant.supported.upperBound)
        let future = Set(present.future.map(\.id))
        let last = candidates.filter { !future.contains($0.id) }.map(\.createdAt).max()
        times = AnyIterator(cadence.runs(after: last ?? now, now: now, in: policy.zone).makeIterator())
        replaced = (candidates.active ?? candidates.first(where: \.isPrevious))?.id
        existing = candidates.count
        ids = Set(candidates.map(\.id))
        lastID = ids.max() ?? 0
        for book in candidates.sorted(by: { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }) {
            append(RetentionCandidate(id: book.id, createdAt: book.createdAt, isActive: false))
        }
    }

    private mutating func append(_ book: RetentionCandidate) {
        let date = policy.zone.date(at: book.createdAt)
        let keys = tiers.map { $0.number(of: date) }
        let before = positions.last ?? keys.map { _ in 0 }
        positions.append(
            tiers.indices.map { tier in
                lastKeys.isEmpty || lastKeys[tier] == keys[tier] ? before[tier] : before[tier] + 1
            })
        lastKeys = keys
        books.append(book)
    }

    /// The run of that number; nil where it lies beyond the horizon.
    private mutating func run(_ number: Int) -> Run? {
        while runs.count <= number {
            guard let time = times.next(), time <= horizon else { return nil }
            // Dated now, or later than every older one (<doc:BookRules#Creation-time>).
            let date = books.last.map { max(time, $0.createdAt.advanced(byMilliseconds: 1)) } ?? time
            // After the largest number the count wraps around: an id only has to be unused here.
            repeat { lastID &+= 1 } while ids.contains(lastID)
            append(RetentionCandidate(id: lastID, createdAt: date, isActive: false))
            let limit = time.advanced(byMilliseconds: RetentionPolicy.futureTolerance)
            var participants = runs.last?.participants ?? 0
            while participants < books.count, books[participants].createdAt <= limit { participants += 1 }
            runs.append(Run(at: time, participants: participants))
        }
        return runs[number]
    }

    // MARK: One book

    mutating func forecast(of kept: RetentionPlan.Kept) -> RetentionForecast {
        let nextRun = run(0)?.at
        guard kept.book.pinNote == nil, let own = books.firstIndex(where: { $0.id == kept.book.id }) else {
            return RetentionForecast(lastReasons: kept.reasons, nextRun: nextRun, end: nil)
        }
        // For one run it is the previous book.
        var number = kept.book.id == replaced ? 1 : 0
        while let run = run(number) {
            guard own < run.participants, tiers.indices.allSatisfy({ isLost($0, own, run) }) else {
                number += 1
                continue
            }
            let reasons = tiers.indices.map { removalReason($0, own, run) }
            return RetentionForecast(
                lastReasons: number == 0 ? kept.reasons : keepReasons(own, runs[number - 1], isFirst: number == 1),
                nextRun: nextRun,
                end: .init(
                    at: run.at, newBook: books[existing + number], reasons: reasons,
                    representatives: representatives(of: reasons)))
        }
        return RetentionForecast(lastReasons: kept.reasons, nextRun: nextRun, end: nil)
    }

    /// How many buckets of the tier have newer books, without the book's own.
    private func newerBuckets(_ tier: Int, _ own: Int, _ run: Run) -> Int {
        max(0, positions[run.participants - 1][tier] - positions[own][tier])
    }

    private func isOverLimit(_ tier: Int, _ own: Int, _ run: Run) -> Bool {
        newerBuckets(tier, own, run) >= policy.count(of: tiers[tier])
    }

    /// Whether there is a newer book in the same bucket.
    private func isRepresented(_ tier: Int, _ own: Int, _ run: Run) -> Bool {
        own + 1 < run.participants && positions[own + 1][tier] == positions[own][tier]
    }

    private func isLost(_ tier: Int, _ own: Int, _ run: Run) -> Bool {
        isRepresented(tier, own, run) || isOverLimit(tier, own, run)
    }

    private func bucket(_ tier: Int, _ own: Int) -> String {
        tiers[tier].bucket(of: policy.zone.date(at: books[own].createdAt))
    }

    private func removalReason(_ tier: Int, _ own: Int, _ run: Run) -> RemovalReason {
        let bucket = bucket(tier, own)
        guard !isOverLimit(tier, own, run) else {
            return .overLimit(tiers[tier], bucket: bucket, limit: policy.count(of: tiers[tier]))
        }
        var newest = own
        while newest + 1 < run.participants, positions[newest + 1][tier] == positions[own][tier] { newest += 1 }
        return .represented(tiers[tier], bucket: bucket, by: books[newest].id)
    }

    /// Why a run keeps the book that the one after it removes.
    private func keepReasons(_ own: Int, _ run: Run, isFirst: Bool) -> [KeepReason] {
        let previous: [KeepReason] = isFirst && books[own].id == replaced ? [.previous] : []
        guard own < run.participants else { return previous + [.future] }
        return previous
            + tiers.indices.filter { !isLost($0, own, run) }.map { tier in
                .represents(
                    tiers[tier], ordinal: newerBuckets(tier, own, run) + 1, bucket: bucket(tier, own))
            }
    }

    private func representatives(of reasons: [RemovalReason]) -> [Int64: RetentionCandidate] {
        let named = reasons.compactMap { reason in
            if case .represented(_, _, let id) = reason { id } else { nil }
        }
        return Dictionary(books.filter { named.contains($0.id) }.map { ($0.id, $0) }) { first, _ in first }
    }
}

extension [RetentionCandidate] {
    /// The active one as readers take it, where a table has several.
    fileprivate var active: RetentionCandidate? {
        filter(\.isActive).max { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }
}
