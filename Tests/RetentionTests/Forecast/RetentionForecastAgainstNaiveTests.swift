import Chronology
import Harness
import Retention
import Testing

@Suite("The foreseen life of a book is the one that it lives, run by run")
struct RetentionForecastAgainstNaiveTests {
    /// Publishes, plans and removes at each run, as the program does, until `id` is gone.
    private func live(
        _ id: Int64, _ books: [RetentionCandidate], _ policy: RetentionPolicy, _ cadence: Cadence, now: Instant
    ) -> String? {
        var plan = policy.plan(for: books, now: now)
        guard let first = plan.kept.first(where: { $0.book.id == id }) else { return nil }
        if first.book.pinNote != nil {
            return first.reasons.map(\.description).joined(separator: ", ") + ", until no end in sight"
        }
        var reasons = first.reasons
        // Readers take the newest of several active books.
        let newestActive = books.filter(\.isActive).max { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        var replaced = (newestActive ?? books.first(where: \.isPrevious))?.id
        let last = books.filter { !plan.future.contains($0) }.map(\.createdAt).max() ?? now
        // Ids are never used again, also not those of books that are gone.
        var highest = books.map(\.id).max() ?? 0
        for run in cadence.runs(after: last, now: now, in: policy.zone) {
            let old = plan.kept.map { $0.book.marked(previous: $0.book.id == replaced) }
            let newest = old.map(\.createdAt).max() ?? run
            highest += 1
            let made = RetentionCandidate(
                id: highest, createdAt: max(run, newest.advanced(byMilliseconds: 1)), isActive: true)
            replaced = made.id
            plan = policy.plan(for: old + [made], now: run, justMade: made.id)
            if let gone = plan.removed.first(where: { $0.book.id == id }) {
                return reasons.map(\.description).joined(separator: ", ") + ", until \(run.readable): "
                    + gone.reasons.map(\.description).joined(separator: ", ")
            }
            reasons = plan.kept.first { $0.book.id == id }?.reasons ?? []
        }
        return nil
    }

    @Test("Over random shelves, rhythms and zones", arguments: History.zones)
    func random(zone: String) throws {
        var compared = 0
        for seed: UInt64 in 30_000..<30_120 {
            let history = try History(zone: zone, seed: seed)
            var random = SplitMix64(seed: seed)
            // Small counts and wide rhythms, so that the naive run comes to its end.
            let policy = try policy(
                daily: random.below(5), weekly: random.below(4), monthly: random.below(3), yearly: 1 + random.below(2),
                in: zone)
            let cadence = Cadence(days: random.pick([1, 2, 7, 31, 100]))
            for book in history.books.prefix(6) {
                // A book of centuries hence keeps every run's book until then.
                let farthest = history.books.map(\.createdAt).max() ?? history.now
                guard farthest.milliseconds - history.now.milliseconds < 3_600_000 * 24 * 300 else { continue }
                let foreseen = policy.forecast(of: book.id, among: history.books, cadence: cadence, now: history.now)
                let lived = live(book.id, history.books, policy, cadence, now: history.now)
                try #require(foreseen?.line == lived, "\(history.name), book \(book.id), \(cadence)")
                compared += lived == nil ? 0 : 1
            }
        }
        #expect(compared > 150)
    }

    @Test("Over every book that the standard policy keeps of ten years")
    func standard() throws {
        let now = try instant("2026-11-20T03:00:00Z")
        let zone = try #require(Zone(identifier: "Europe/Berlin"))
        let policy = RetentionPolicy.standard(zone: zone)
        let weekly = Cadence(days: 7)
        let books = policy.plan(for: weekly.books(years: 10, endingAt: now, in: zone), now: now).kept.map(\.book)
        #expect(books.count == 25)
        let all = policy.forecasts(of: books, cadence: weekly, now: now)
        for book in books {
            let foreseen = policy.forecast(of: book.id, among: books, cadence: weekly, now: now)
            #expect(foreseen?.line == live(book.id, books, policy, weekly, now: now))
            #expect(all[book.id] == foreseen, "asked for together, each is the same")
        }
    }
}
