import Chronology
import Retention
import Testing

@Suite("How long a book will be kept")
struct RetentionForecastTests {
    private static let now = "2026-11-20T12:00:00Z"

    /// What ten years of nights at 03:00 UTC have left on Friday, 20 November 2026.
    private func shelf() throws -> [RetentionCandidate] {
        let now = try instant("2026-11-20T03:00:00Z")
        let books = Cadence.nightly.books(years: 10, endingAt: now, in: .utc)
        return RetentionPolicy.standard(zone: .utc).plan(for: books, now: now).kept.map(\.book)
    }

    /// The life of the book of `day` in one line: at last as what, until when, and what each tier says then.
    private func line(_ day: String, _ policy: RetentionPolicy = .standard(zone: .utc)) throws -> String {
        let books = try shelf()
        let book = try #require(books.first { Zone.utc.date(at: $0.createdAt).description == day })
        let now = try instant(Self.now)
        let cadence = Cadence(of: books, keptBy: policy, now: now)
        let life = try #require(policy.forecast(of: book.id, among: books, cadence: cadence, now: now))
        return life.line
    }

    @Test("Tonight's book lives as a daily one, for a week")
    func tonight() throws {
        #expect(
            try line("2026-11-20")
                == "daily 7 2026-11-20, until 2026-11-27 03:00:00 UTC: day 2026-11-20 is older than the 7 days kept, "
                + "week 2026-W47 is represented by 3654, month 2026-11 is represented by 3659, "
                + "year 2026 is represented by 3659")
    }

    @Test("A Sunday's book lives as a weekly one, until five newer weeks have begun")
    func sunday() throws {
        #expect(
            try line("2026-11-15")
                == "weekly 5 2026-W46, until 2026-12-14 03:00:00 UTC: day 2026-11-15 is older than the 7 days kept, "
                + "week 2026-W46 is older than the 5 weeks kept, month 2026-11 is represented by 3662, "
                + "year 2026 is represented by 3676")
    }

    @Test("A month's last book lives for a year, a year's last book for ten")
    func monthAndYear() throws {
        #expect(try line("2026-10-31").hasPrefix("monthly 12 2026-10, until 2027-10-01 03:00:00 UTC: "))
        #expect(try line("2025-12-31").hasPrefix("yearly 10 2025, until 2035-01-01 03:00:00 UTC: "))
        #expect(try line("2017-12-31").hasPrefix("yearly 10 2017, until 2027-01-01 03:00:00 UTC: "))
    }

    @Test("The book of a day in the middle of a week lives for seven days and no longer")
    func midweek() throws {
        #expect(try line("2026-11-18").hasPrefix("daily 7 2026-11-18, until 2026-11-25 03:00:00 UTC: "))
    }

    @Test("A book that only its being active keeps is the previous one once the next is made, and goes after that")
    func activeAlone() throws {
        let books = [
            try book(1, "2026-11-20T01:00:00Z", active: true), try book(2, "2026-11-20T02:00:00Z"),
        ]
        let life = try policy(daily: 7).forecast(of: 1, among: books, cadence: .nightly, now: instant(Self.now))
        #expect(
            life?.line == "previous, until 2026-11-22 02:00:00 UTC: day 2026-11-20 is represented by 2")
        #expect(life?.end?.representatives == [2: try book(2, "2026-11-20T02:00:00Z")])
        #expect(life?.end?.newBook == (try book(4, "2026-11-22T02:00:00Z")))
    }

    @Test("A book that only its being the previous one keeps goes when the next is made")
    func previousAlone() throws {
        let books = [
            try book(1, "2026-11-20T01:00:00Z", previous: true), try book(2, "2026-11-20T02:00:00Z", active: true),
        ]
        let life = try policy(daily: 7).forecast(of: 1, among: books, cadence: .nightly, now: instant(Self.now))
        #expect(life?.line == "previous, until 2026-11-21 02:00:00 UTC: day 2026-11-20 is represented by 2")
    }

    @Test("A pinned book is kept without an end, whatever else keeps it")
    func pinned() throws {
        let books = [
            try book(1, "2026-11-20T01:00:00Z", pinned: "quote 4711"),
            try book(2, "2026-11-20T02:00:00Z", active: true, pinned: "quote 4712"),
        ]
        let policy = try policy(daily: 1)
        let first = policy.forecast(of: 1, among: books, cadence: .nightly, now: try instant(Self.now))
        #expect(first?.line == "pinned: quote 4711, until no end in sight")
        let second = policy.forecast(of: 2, among: books, cadence: .nightly, now: try instant(Self.now))
        #expect(second?.line == "active, pinned: quote 4712, daily 1 2026-11-20, until no end in sight")
        #expect(second?.nextRun == (try instant("2026-11-21T02:00:00Z")))
    }

    @Test("A book dated in the future is kept as such until it takes part, and then as the others are")
    func future() throws {
        let books = [try book(1, "2026-11-20T02:00:00Z"), try book(2, "2026-11-24T03:00:00Z")]
        // All the books made in between are dated a millisecond later each: after the 24th, one of its books stays.
        let life = try policy(daily: 1).forecast(of: 2, among: books, cadence: .nightly, now: instant(Self.now))
        #expect(
            life?.line
                == "dated in the future, until 2026-11-25 02:00:00 UTC: day 2026-11-24 is older than the one day kept")
    }

    @Test("What the next retention removes has no life, and neither has an unknown book")
    func none() throws {
        let books = [try book(1, "2026-11-20T01:00:00Z"), try book(2, "2026-11-20T02:00:00Z", active: true)]
        let policy = RetentionPolicy.standard(zone: .utc)
        #expect(try policy.forecast(of: 1, among: books, cadence: .nightly, now: instant(Self.now)) == nil)
        #expect(try policy.forecast(of: 9, among: books, cadence: .nightly, now: instant(Self.now)) == nil)
    }

    @Test("Where the end lies more than a hundred years ahead, none is named")
    func noEnd() throws {
        let books = [try book(1, "2025-12-31T03:00:00Z"), try book(2, "2026-11-20T03:00:00Z", active: true)]
        let life = try policy(yearly: .max).forecast(
            of: 1, among: books, cadence: Cadence(days: 30), now: instant(Self.now))
        #expect(life?.line == "yearly 2 2025, until no end in sight")
        #expect(life?.nextRun == (try instant("2026-12-20T03:00:00Z")))
        let late = try policy(yearly: 101).forecast(
            of: 1, among: books, cadence: Cadence(days: 30), now: instant(Self.now))
        #expect(late?.end?.at.readable.prefix(4) == "2126")
    }

    @Test("Books that have stopped coming are assumed to begin again after now")
    func overdue() throws {
        let books = [try book(1, "2026-05-01T03:00:00Z", active: true)]
        let life = try policy(daily: 1).forecast(of: 1, among: books, cadence: .nightly, now: instant(Self.now))
        // For the first of them it is the previous book.
        #expect(life?.nextRun == (try instant("2026-11-21T03:00:00Z")))
        #expect(life?.end?.at == (try instant("2026-11-22T03:00:00Z")))
    }
}

extension RetentionForecast {
    /// The life in one line, for comparison.
    var line: String {
        lastReasons.map(\.description).joined(separator: ", ") + ", until "
            + (end.map { "\($0.at.readable): " + $0.reasons.map(\.description).joined(separator: ", ") }
                ?? "no end in sight")
    }
}
