import Chronology
import ErrorModel
import Testing

@testable import PartnumberBooks

/// By which clocks a run that dates or removes books is refused.
@Suite("The clock's guard")
struct ClockGuardTests {
    private static let day: Int64 = 86_400_000

    private static func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private static func book(_ createdAt: Instant, id: Int64 = 1) -> BookHeader {
        BookHeader(
            id: id, version: "PNBOOK-2026-11-20-00\(id)", createdAt: createdAt, createdBy: "scheduled", isActive: true)
    }

    @Test(
        "Clocks without a battery, and those of another century, are wrong also where nothing else is known",
        arguments: [
            "1970-01-01T00:00:07Z", "1980-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "2024-12-31T23:59:59.999Z",
            "2100-01-01T00:00:00Z", "9998-12-30T03:00:00Z",
        ])
    func implausible(now: String) throws {
        let now = try Self.at(now)
        #expect(ClockGuard.refusal(now: now, server: nil, books: []) == .implausible(now: now))
        #expect(ClockGuard.refusal(now: now, server: now, books: [Self.book(now)]) == .implausible(now: now))
    }

    @Test("A first book has nothing to be compared with", arguments: ["2025-01-01T00:00:00Z", "2099-12-31T23:59:59Z"])
    func first(now: String) throws {
        #expect(ClockGuard.refusal(now: try Self.at(now), server: nil, books: []) == nil)
    }

    @Test("A day between the machine's clock and the server's is too much, a millisecond less is not")
    func server() throws {
        let now = try Self.at("2026-11-20T03:00:00Z")
        for sign: Int64 in [-1, 1] {
            let far = now.advanced(byMilliseconds: sign * Self.day)
            let near = now.advanced(byMilliseconds: sign * (Self.day - 1))
            #expect(
                ClockGuard.refusal(now: now, server: far, books: []) == .serverDiffers(now: now, server: far))
            #expect(ClockGuard.refusal(now: now, server: near, books: []) == nil)
        }
    }

    @Test(
        "A clock behind the newest book stops no run: the next book is dated after it", arguments: [1, day, 5000 * day])
    func behind(ahead: Int64) throws {
        let now = try Self.at("2026-11-20T03:00:00Z")
        let later = Self.book(now.advanced(byMilliseconds: ahead), id: 2)
        let books = [Self.book(now.advanced(byMilliseconds: -Self.day)), later]
        #expect(ClockGuard.refusal(now: now, server: now, books: books) == nil)
    }

    @Test("A shop may publish once a year and leave some out; a clock that jumps by more than five years is wrong")
    func pauses() throws {
        let newest = Self.book(try Self.at("2026-11-20T03:00:00Z"))
        for now in ["2026-11-20T03:00:00Z", "2027-11-20T03:00:00Z", "2029-12-31T03:00:00Z", "2031-11-20T03:00:00Z"] {
            #expect(ClockGuard.refusal(now: try Self.at(now), server: nil, books: [newest]) == nil)
        }
        for now in ["2031-11-20T03:00:00.001Z", "2032-11-20T03:00:00Z", "2038-01-19T03:14:07Z"] {
            let now = try Self.at(now)
            #expect(ClockGuard.refusal(now: now, server: now, books: [newest]) == .beyondNewest(now: now, newest))
        }
    }

    @Test("A refusal names both times and the way out, and is a guard's")
    func words() throws {
        let (now, then) = (try Self.at("2036-11-20T03:00:00Z"), try Self.at("2031-01-02T03:04:05Z"))
        let refusal = try #require(ClockGuard.refusal(now: now, server: nil, books: [Self.book(then)]))
        #expect(
            refusal.description == "this machine's clock says 2036-11-20 03:00:00 UTC, and the newest book, "
                + "PNBOOK-2026-11-20-001 (id 1), is of 2031-01-02 03:04:05 UTC, more than five years before: the clock may have "
                + "jumped; nothing was changed, and the active book stays active")
        #expect(refusal.category == .refused)
        #expect(refusal.remedy == .setClock(now: "2036-11-20T03:00:00.000Z"))
    }
}
