package import Chronology

/// How long a kept book will stay if new books keep coming and each is followed by retention (<doc:Counting#Forecast>).
package struct RetentionForecast: Equatable, Sendable {
    /// Why the last run that keeps the book keeps it; where no end is found, why it is kept now.
    package let lastReasons: [KeepReason]
    /// The next assumed run; nil where it lies beyond the horizon.
    package let nextRun: Instant?
    /// Nil where there is no end within ``horizonInYears``, and for a pinned book.
    package let end: End?

    /// The run that removes the book.
    package struct End: Equatable, Sendable {
        /// When it runs.
        package let at: Instant
        /// The book that it has just made.
        package let newBook: RetentionCandidate
        /// Why each enabled tier does not keep the book then; the ids of future books continue from the highest existing id.
        package let reasons: [RemovalReason]
        /// The books that `reasons` name, by id.
        package let representatives: [Int64: RetentionCandidate]
    }

    /// How far the forecast looks.
    package static let horizonInYears = 100
}

extension RetentionPolicy {
    /// Foresees how long the book `id` will be kept, if after `now` a book is made with `cadence`, becomes the
    /// active one, and is followed by retention. The book that is active now is the previous one then, for one run.
    ///
    /// Exact: the same as planning and removing run by run. A removal never changes what is kept later (new books are
    /// newer than all existing ones, so a book that no tier keeps is never kept again); therefore only books newer than
    /// this one count, each tier's end is found by counting its newer buckets, and the plan itself is made only for the
    /// reasons.
    ///
    /// - Returns: nil where there is no such book, or where the next retention removes it.
    package func forecast(of id: Int64, among books: [RetentionCandidate], cadence: Cadence, now: Instant)
        -> RetentionForecast?
    {
        let present = plan(for: books, now: now)
        guard let kept = present.kept.first(where: { $0.book.id == id }) else { return nil }
        var queue = BooksToCome(after: kept.book, among: books)
        var tiers = Tier.allCases.filter { count(of: $0) > 0 }.map {
            TierCount(tier: $0, limit: count(of: $0), of: zone.date(at: kept.book.createdAt))
        }
        let last = books.filter { !present.future.contains($0) }.map(\.createdAt).max()
        let horizon = min(
            now.advanced(byMilliseconds: Int64(RetentionForecast.horizonInYears) * 366 * 86_400_000),
            Instant.supported.upperBound)
        // Which book the first run replaces; each later one replaces the book of the run before it.
        let isReplaced = (books.active ?? books.first(where: \.isPrevious))?.id == id
        var before = (run: now, made: nil as RetentionCandidate?, isPrevious: false)
        var nextRun: Instant?
        for run in cadence.runs(after: last ?? now, now: now, in: zone) {
            guard run <= horizon else { break }
            let isPrevious = isReplaced && nextRun == nil
            nextRun = nextRun ?? run
            if kept.book.pinNote != nil { break }
            let made = queue.publish(at: run)
            let participants = run.advanced(byMilliseconds: Self.futureTolerance)
            while let book = queue.next(notAfter: participants) {
                let date = zone.date(at: book.createdAt)
                for index in tiers.indices { tiers[index].pass(date) }
            }
            if kept.book.createdAt <= participants, tiers.allSatisfy(\.isLost), !isPrevious {
                let known = queue.known
                let reasons = self.plan(for: known, now: run, justMade: made.id).removed.last?.reasons ?? []
                let lastPlan = before.made.map { made in
                    self.plan(
                        for: known.filter { $0.createdAt <= made.createdAt }.map { book in
                            before.isPrevious && book.id == id ? book.asPrevious : book
                        }, now: before.run, justMade: made.id)
                }
                return RetentionForecast(
                    lastReasons: lastPlan?.kept.last?.reasons ?? kept.reasons, nextRun: nextRun,
                    end: .init(
                        at: run, newBook: made, reasons: reasons,
                        representatives: representatives(of: reasons, among: known)))
            }
            before = (run, made, isPrevious)
        }
        return RetentionForecast(lastReasons: kept.reasons, nextRun: nextRun, end: nil)
    }

    private func representatives(of reasons: [RemovalReason], among books: [RetentionCandidate]) -> [Int64:
        RetentionCandidate]
    {
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

extension RetentionCandidate {
    fileprivate var asPrevious: RetentionCandidate {
        RetentionCandidate(id: id, createdAt: createdAt, isActive: false, isPrevious: true)
    }
}

/// The books newer than the one that is asked about, as they come to take part.
private struct BooksToCome {
    /// The book asked about, and all newer ones that are published by now; ascending, none of them active.
    private(set) var known: [RetentionCandidate]
    /// The first of `known` that has not taken part yet.
    private var position = 1
    private var newest: Instant
    /// The ids that are taken, and the last one given.
    private let ids: Set<Int64>
    private var lastID: Int64

    init(after book: RetentionCandidate, among books: [RetentionCandidate]) {
        known = books.filter { ($0.createdAt, $0.id) >= (book.createdAt, book.id) }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            .map { RetentionCandidate(id: $0.id, createdAt: $0.createdAt, isActive: false) }
        newest = books.map(\.createdAt).max() ?? book.createdAt
        ids = Set(books.map(\.id))
        lastID = ids.max() ?? book.id
    }

    /// Makes a book: dated now, or later than every older one (<doc:BookRules#Creation-time>).
    mutating func publish(at now: Instant) -> RetentionCandidate {
        newest = max(now, newest.advanced(byMilliseconds: 1))
        // After the largest number the count wraps around: an id only has to be unused here.
        repeat { lastID &+= 1 } while ids.contains(lastID)
        let book = RetentionCandidate(id: lastID, createdAt: newest, isActive: false)
        known.append(book)
        return book
    }

    /// Returns each newer book once, as soon as it is no longer in the future.
    mutating func next(notAfter horizon: Instant) -> RetentionCandidate? {
        guard position < known.count, known[position].createdAt <= horizon else { return nil }
        position += 1
        return known[position - 1]
    }
}

/// The buckets that one tier has filled with books newer than the one asked about.
private struct TierCount {
    private let tier: Tier
    private let limit: Int
    private let bucket: String
    private var newer: Set<String> = []
    /// The tier no longer keeps the book, and never will again.
    private(set) var isLost = false

    init(tier: Tier, limit: Int, of date: CivilDate) {
        self.tier = tier
        self.limit = limit
        bucket = tier.bucket(of: date)
    }

    mutating func pass(_ date: CivilDate) {
        guard !isLost else { return }
        let passed = tier.bucket(of: date)
        newer.insert(passed)
        isLost = passed == bucket || newer.count >= limit
    }
}
