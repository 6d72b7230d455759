import Chronology
import Foundation
import Harness
import Retention
import Testing

/// A random list of books, with the policy and the clock they are judged by: all of it follows from a zone and a seed.
///
/// Times cluster where calendars are awkward: at changes of the clock, year ends, leap days, local midnights and the
/// five minutes after now.
struct History {
    let name: String
    let policy: RetentionPolicy
    let now: Instant
    let books: [RetentionCandidate]
    let justMade: Int64?

    /// Half-hour and quarter-hour zones, both hemispheres, a zone that skipped a day, and one whose clock went back
    /// at a minute past midnight and so showed the same day twice.
    static let zones = [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
        "America/St_Johns",
    ]

    private static let awkward = [
        "1970-01-04T00:00:00Z",  // the epoch, and books before it
        "1986-01-01T00:00:00Z",  // Kathmandu moves by a quarter of an hour
        "2000-02-29T12:00:00Z", "2024-02-29T12:00:00Z", "2100-03-01T00:00:00Z",
        "2010-11-07T02:31:00Z",  // St John's goes from 00:01 back to 23:01
        "2011-12-30T10:00:00Z",  // Apia goes from the 29th to the 31st
        "2021-01-03T12:00:00Z",  // the end of 2020-W53
        "2024-12-30T00:00:00Z",  // the beginning of 2025-W01
        "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z",  // New York
        "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z",  // Berlin
        "2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z",  // Lord Howe
        "2027-01-01T00:00:00Z", "2027-01-03T23:59:59Z",  // 2026-W53
    ]

    private static let hour = 3_600_000

    init(zone name: String, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let zone = try #require(Zone(identifier: name))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: name))

        let step = random.pick([1, 60_000, Self.hour, 8 * Self.hour, 24 * Self.hour, 190 * Self.hour, 1500 * Self.hour])
        let count = random.pick([0, 1, 2, 5, 10, 20, 40])
        let span = step * (count + 1)
        let anchor = try #require(Instant(iso8601: random.pick(Self.awkward)))
        let now = anchor.milliseconds + Int64(random.below(span))

        let activePercent = random.pick([0, 0, 10, 50])
        let theActive = random.chance(50) ? random.below(count + 1) : nil
        // Ids follow no order of time: the rule asks them only where times are equal.
        let ids = (1...Int64(count + 1)).shuffled(using: &random)
        var books: [RetentionCandidate] = []
        for index in 0..<count {
            let time: Int64
            switch random.below(100) {
            case ..<15 where !books.isEmpty:
                time = random.pick(books).createdAt.milliseconds
            case ..<40:
                let day = Date(timeIntervalSince1970: Double((now - Int64(random.below(span))) / 1000))
                let midnight = Int64(calendar.startOfDay(for: day).timeIntervalSince1970) * 1000
                time = midnight + Int64(random.below(3) - 1)
            case ..<50:
                time = now + 300_000 + Int64(random.below(3) - 1)
            case ..<60:
                time = anchor.milliseconds + Int64(random.below(120_000) - 60_000)
            case ..<62:
                time = now + Int64(random.below(600_000))
            case ..<64:
                time = now + Int64(random.below(span)) + 300_000
            default:
                time = now - Int64(random.below(span))
            }
            books.append(
                RetentionCandidate(
                    id: ids[index],
                    createdAt: Instant(milliseconds: time),
                    isActive: index == theActive || random.chance(activePercent)))
        }

        // By numbers of their own: the books are those that they were before there were marks.
        var marks = SplitMix64(seed: seed ^ 0x5DEE_CE66)
        let previous = marks.chance(60) ? marks.below(count + 1) : nil
        books = books.enumerated().map { index, book in
            RetentionCandidate(
                id: book.id, createdAt: book.createdAt, isActive: book.isActive,
                isPrevious: index == previous && !book.isActive,
                pinNote: marks.chance(5) ? "quote \(book.id)" : nil)
        }

        var counts = (0..<4).map { _ in random.pick([0, 0, 1, 2, 3, 5, 7, 12, 1000]) }
        if counts.allSatisfy({ $0 == 0 }) {
            counts[random.below(4)] = 1
        }
        policy = try RetentionPolicy(
            daily: counts[0], weekly: counts[1], monthly: counts[2], yearly: counts[3], zone: zone)
        // The last id belongs to no book: a run may name one that is already gone.
        justMade = random.chance(40) ? random.pick(ids) : nil
        self.name = "zone \(name), seed \(seed)"
        self.now = Instant(milliseconds: now)
        self.books = books
    }

    /// What the module decides.
    func plan() -> RetentionPlan {
        policy.plan(for: books, now: now, justMade: justMade)
    }
}
