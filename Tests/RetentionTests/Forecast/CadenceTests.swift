import Chronology
import Retention
import Testing

@Suite("The rhythm in which books come")
struct CadenceTests {
    private func books(_ days: String...) throws -> [RetentionCandidate] {
        try days.enumerated().map { try book(Int64($0 + 1), "\($1)T03:00:00Z") }
    }

    private func cadence(_ books: [RetentionCandidate], _ policy: RetentionPolicy = .standard(zone: .utc)) throws
        -> Cadence
    {
        Cadence(of: books, keptBy: policy, now: try instant("2026-11-20T12:00:00Z"))
    }

    @Test("Fewer than four days tell nothing: nightly is assumed", arguments: 0...3)
    func tooFew(count: Int) throws {
        let weekly = try books("2026-11-20", "2026-11-13", "2026-11-06")
        #expect(try cadence(Array(weekly.prefix(count))) == .nightly)
        #expect(Cadence.nightly == Cadence(days: 1, basis: .assumed))
    }

    @Test("The median forgives a missed night and a night's two books")
    func median() throws {
        var nights = try books(
            "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-15", "2026-11-14", "2026-11-13", "2026-11-12")
        nights.append(try book(99, "2026-11-20T09:00:00Z"))
        #expect(try cadence(nights) == Cadence(days: 1, basis: .newestDays(7)))
    }

    @Test("Weekly books make a weekly rhythm; of two in the middle the shorter counts")
    func weekly() throws {
        let weekly = try books("2026-11-20", "2026-11-13", "2026-11-06", "2026-10-30", "2026-10-23")
        #expect(try cadence(weekly) == Cadence(days: 7, basis: .newestDays(5)))
        let uneven = try books("2026-11-20", "2026-11-17", "2026-11-10", "2026-11-03", "2026-11-01")
        #expect(try cadence(uneven) == Cadence(days: 3, basis: .newestDays(5)))
    }

    @Test("The gaps that retention has made are no rhythm")
    func gapsOfRetention() throws {
        let now = try instant("2026-11-20T03:00:00Z")
        let policy = RetentionPolicy.standard(zone: .utc)
        let left = policy.plan(for: Cadence.nightly.books(years: 10, endingAt: now, in: .utc), now: now).kept.map(
            \.book)
        #expect(left.count == 29)
        #expect(try cadence(left, policy) == Cadence(days: 1, basis: .newestDays(7)))
        // A policy that keeps three days leaves nothing to tell it from.
        #expect(try cadence(left, try self.policy(3)) == .nightly)
    }

    private func policy(_ daily: Int) throws -> RetentionPolicy {
        try RetentionPolicy(daily: daily, weekly: 5, monthly: 12, yearly: 10, zone: .utc)
    }

    @Test("Books of the future tell nothing")
    func future() throws {
        let nights = try books(
            "2031-01-01", "2030-01-01", "2026-11-20", "2026-11-18", "2026-11-16", "2026-11-14")
        #expect(try cadence(nights) == Cadence(days: 2, basis: .newestDays(4)))
    }

    @Test("It reads as people say it")
    func text() {
        #expect(Cadence.nightly.description == "every day")
        #expect(Cadence(days: 7).description == "every 7 days")
        #expect(Cadence(days: 0).days == 1)
    }

    @Test("Runs keep the time of day over the change of the clock, and begin after now")
    func runs() throws {
        let berlin = try #require(Zone(identifier: "Europe/Berlin"))
        let runs = Cadence.nightly.runs(
            after: try instant("2026-10-20T01:30:00Z"), now: try instant("2026-10-24T12:00:00Z"), in: berlin)
        #expect(
            runs.prefix(3).map(\.readable) == [
                "2026-10-25 02:30:00 UTC", "2026-10-26 02:30:00 UTC", "2026-10-27 02:30:00 UTC",
            ])
        // At 01:30 UTC it is 03:30 in summer and 02:30 in winter; a time that the spring's night leaves out moves.
        let spring = Cadence.nightly.runs(
            after: try instant("2026-03-27T01:30:00Z"), now: try instant("2026-03-27T12:00:00Z"), in: berlin)
        #expect(
            spring.prefix(3).map { berlin.date(at: $0).description } == ["2026-03-28", "2026-03-29", "2026-03-30"])
    }

    @Test("A day that the zone leaves out has no night")
    func skippedDay() throws {
        let apia = try #require(Zone(identifier: "Pacific/Apia"))
        let nights = Cadence.nightly.books(years: 1, endingAt: try instant("2012-01-01T12:00:00Z"), in: apia)
        #expect(nights.count == 364)
        #expect(
            nights.suffix(4).map { apia.date(at: $0.createdAt).description }
                == ["2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"])
        #expect(nights.map(\.id) == Array(1...364))
        #expect(nights.filter(\.isActive).map(\.id) == [364])
    }

    @Test("Ten years of nights are a book for each day, the last at the given instant", arguments: History.zones)
    func tenYears(zone: String) throws {
        let zone = try #require(Zone(identifier: zone))
        let now = try instant("2026-11-20T23:59:59.999Z")
        let books = Cadence.nightly.books(years: 10, endingAt: now, in: zone)
        #expect(books.count == 3652)
        #expect(Set(books.map { zone.date(at: $0.createdAt) }).count == 3652)
        #expect(books.map(\.createdAt) == books.map(\.createdAt).sorted())
        #expect(books.last?.createdAt == now)
    }

    @Test("A year before a leap day begins after 28 February")
    func leapDay() throws {
        let books = Cadence(days: 365).books(years: 1, endingAt: try instant("2024-02-29T12:00:00Z"), in: .utc)
        #expect(books.map(\.createdAt.readable) == ["2023-03-01 12:00:00 UTC", "2024-02-29 12:00:00 UTC"])
    }
}
