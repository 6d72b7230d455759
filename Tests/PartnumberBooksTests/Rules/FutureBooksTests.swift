import Chronology
import Harness
import Testing

@testable import PartnumberBooks

/// How books that are dated in the future are to be dated again.
@Suite("Books of the future")
struct FutureBooksTests {
    private static func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private static func book(_ id: Int64, _ version: String, _ createdAt: Instant) -> BookHeader {
        BookHeader(id: id, version: version, createdAt: createdAt, createdBy: "scheduled", isActive: false)
    }

    @Test("Five minutes are what two hosts' clocks may differ by")
    func tolerance() throws {
        let now = try Self.at("2026-11-20T03:00:00Z")
        let near = [Self.book(1, "A", now.advanced(byMilliseconds: 300_000))]
        #expect(FutureBooks(among: near, now: now, zone: .utc) == nil)
        #expect(FutureBooks(among: [], now: now, zone: .utc) == nil)
        let far = [Self.book(1, "A", now.advanced(byMilliseconds: 300_001))]
        #expect(FutureBooks(among: far, now: now, zone: .utc)?.times == [now])
    }

    @Test("One night of a wrong clock, found days later: versions tell the days of those that followed it")
    func versions() throws {
        let now = try Self.at("2026-11-10T09:00:00Z")
        let far = try Self.at("9998-12-30T03:00:00Z")
        let books = [
            Self.book(1, "PNBOOK-2026-11-06-001", try Self.at("2026-11-06T03:00:00Z")),
            Self.book(2, "PNBOOK-9998-12-30-001", far),
            Self.book(3, "PNBOOK-2026-11-07-001", far.advanced(byMilliseconds: 1)),
            Self.book(4, "PNBOOK-2026-11-08-001", far.advanced(byMilliseconds: 2)),
            Self.book(5, "another program's", far.advanced(byMilliseconds: 3)),
            Self.book(6, "PNBOOK-2026-11-10-001", far.advanced(byMilliseconds: 4)),
        ]
        let future = try #require(FutureBooks(among: books.shuffled(), now: now, zone: .utc))
        #expect(future.books.map(\.id) == [6, 5, 4, 3, 2])
        #expect(
            future.times.map(\.iso8601) == [
                "2026-11-10T09:00:00.000Z", "2026-11-10T08:59:59.999Z", "2026-11-08T09:00:00.000Z",
                "2026-11-07T09:00:00.000Z", "2026-11-07T08:59:59.999Z",
            ])
    }

    @Test("Whatever there is: the order stays, each is later than all older ones, and none is in the future any more")
    func random() throws {
        var random = SplitMix64(seed: 13)
        let now = try Self.at("2026-11-20T03:00:00Z")
        for _ in 0..<500 {
            let count = 1 + random.below(30)
            let books = (1...count).map { id in
                let offset = Int64(random.below(7)) - 3
                let created = now.advanced(
                    byMilliseconds: offset * 86_400_000 * Int64(1 + random.below(1_000_000)) + Int64(random.below(5)))
                let day = ["2026-11-20", "2026-11-19", "2027-01-01", "2026-02-30", "0001-01-01", "9999-12-31"]
                return Self.book(
                    Int64(id), "PNBOOK-\(random.pick(day))-00\(id)", min(created, Instant.stored.upperBound))
            }
            guard let future = FutureBooks(among: books, now: now, zone: .utc) else { continue }
            let past = books.filter { $0.createdAt <= now }.map(\.createdAt).max()
            #expect(future.books.count == books.count { $0.createdAt > now })
            #expect(future.books == future.books.sorted(by: BookHeader.isNewer))
            #expect(zip(future.times, future.times.dropFirst()).allSatisfy { $0 > $1 })
            #expect(future.times.allSatisfy { $0 > past ?? Instant.stored.lowerBound })
            let latest = max(now, past ?? now).advanced(byMilliseconds: Int64(future.books.count))
            #expect(try #require(future.times.first) <= latest)
        }
    }
}
