import Chronology
import Harness
import Retention
import Testing

@Suite("Retention over years")
struct RetentionYearsTests {
    private static let day: Int64 = 86_400_000

    /// A book each night at 03:00 UTC, from `first` to `last`, with ids from 1; the last one is active.
    private func nights(from first: String, to last: String) throws -> [RetentionCandidate] {
        let start = try instant("\(first)T03:00:00Z").milliseconds
        let end = try instant("\(last)T03:00:00Z").milliseconds
        return stride(from: start, through: end, by: Int(Self.day)).enumerated().map { index, time in
            RetentionCandidate(
                id: Int64(index + 1), createdAt: Instant(milliseconds: time), isActive: time == end,
                isPrevious: time == end - Self.day)
        }
    }

    /// Publishes each of `books` in turn, the newest being active, and carries out each night's plan.
    private func live(through books: [RetentionCandidate], by policy: RetentionPolicy) throws -> RetentionPlan {
        var plan = policy.plan(for: [], now: Instant(milliseconds: 0))
        for new in books {
            let old = plan.kept.map {
                $0.book.marked(previous: $0.book.isActive)
            }
            let fresh = RetentionCandidate(id: new.id, createdAt: new.createdAt, isActive: true)
            plan = policy.plan(for: old + [fresh], now: new.createdAt, justMade: new.id)
            try #require(plan.removed.count <= policy.automaticRemovalLimit, "the night of \(new.createdAt.readable)")
        }
        return plan
    }

    // By hand, for Friday 2026-11-20: the last seven days; the last book of this week and of the four before it
    // (Sundays); the last book of this month and of the eleven before it; of this year and of the nine before it.
    private static let remaining = [
        "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17", "2026-11-16", "2026-11-15", "2026-11-14",
        "2026-11-08", "2026-11-01", "2026-10-31", "2026-10-25", "2026-09-30", "2026-08-31", "2026-07-31",
        "2026-06-30", "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31",
        "2024-12-31", "2023-12-31", "2022-12-31", "2021-12-31", "2020-12-31", "2019-12-31", "2018-12-31",
        "2017-12-31",
    ]

    private func dates(_ plan: RetentionPlan) -> [String] {
        plan.kept.map { Zone.utc.date(at: $0.book.createdAt).description }
    }

    @Test("Ten years of nights leave the 29 books that the standard policy names")
    func tenYears() throws {
        let books = try nights(from: "2016-11-21", to: "2026-11-20")
        #expect(books.count == 3652)
        let last = try #require(books.last)
        let plan = RetentionPolicy.standard(zone: .utc).plan(for: books, now: last.createdAt)
        #expect(dates(plan) == Self.remaining)
        #expect(plan.removed.count == 3623)

        let reasons = plan.kept.map { $0.reasons.map(\.description).joined(separator: ", ") }
        #expect(reasons.first == "active, daily 1 2026-11-20, weekly 1 2026-W47, monthly 1 2026-11, yearly 1 2026")
        #expect(reasons[5] == "daily 6 2026-11-15, weekly 2 2026-W46")
        #expect(reasons[10] == "weekly 5 2026-W43")
        #expect(reasons[20] == "monthly 12 2025-12, yearly 2 2025")
        #expect(reasons.last == "yearly 10 2017")
    }

    @Test("Retaining every night for ten years leaves the same books as retaining once")
    func tenYearsNightByNight() throws {
        let books = try nights(from: "2016-11-21", to: "2026-11-20")
        let standard = RetentionPolicy.standard(zone: .utc)
        let lived = try live(through: books, by: standard)
        let last = try #require(books.last)
        #expect(dates(lived) == Self.remaining)
        #expect(lived.kept == standard.plan(for: books, now: last.createdAt, justMade: last.id).kept)
    }

    @Test("However irregular the runs, retaining each time equals retaining once", arguments: History.zones)
    func irregularRuns(zone: String) throws {
        for seed: UInt64 in 20_000..<20_060 {
            var random = SplitMix64(seed: seed)
            let policy = try policy(
                daily: random.below(8), weekly: random.below(6), monthly: random.below(5), yearly: 1 + random.below(3),
                in: zone)
            var time = try instant("2009-11-01T00:00:00Z").milliseconds
            let books = (1...Int64(40)).map { id in
                time += 1 + Int64(random.below(random.pick([3_600_000, 100_000_000, 900_000_000, 9_000_000_000])))
                return RetentionCandidate(
                    id: id, createdAt: Instant(milliseconds: time), isActive: id == 40, isPrevious: id == 39)
            }
            let lived = try live(through: books, by: policy)
            let atOnce = policy.plan(for: books, now: Instant(milliseconds: time), justMade: 40)
            try #require(lived.kept == atOnce.kept, "zone \(zone), seed \(seed)")
        }
    }

    @Test("A day of runs by hand leaves the last book and the one before it, and each run removes one")
    func busyDayNightByNight() throws {
        let start = try instant("2026-11-20T00:00:00Z")
        let books = (1...Int64(100)).map {
            RetentionCandidate(id: $0, createdAt: start.advanced(byMilliseconds: $0), isActive: true)
        }
        let lived = try live(through: books, by: .standard(zone: .utc))
        #expect(lived.keptIDs == [100, 99])
        #expect(lived.removedIDs == [98])
    }

    @Test("A thousand books in one day leave the last of them")
    func oneBusyDay() throws {
        let start = try instant("2026-11-20T00:00:00Z")
        let books = (1...Int64(1000)).map {
            RetentionCandidate(id: $0, createdAt: start.advanced(byMilliseconds: $0), isActive: false)
        }
        let plan = RetentionPolicy.standard(zone: .utc).plan(for: books, now: start)
        #expect(plan.keptIDs == [1000])
        #expect(plan.removedIDs == (1...999).reversed())
    }
}
