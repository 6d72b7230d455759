import Chronology
import Operations
import PartnumberBooks
import Retention
import Testing

@testable import PnbookWeb

@Suite("Forecasts are kept, and never a moment too long")
struct ForecastMemoryTests {
    private static let hour: Int64 = 3_600_000
    private static let night = Instant(milliseconds: 1_795_600_000_000)

    /// Books of so many nights in a row, the last of them active.
    private static func books(_ count: Int, endingAt last: Instant = night) -> [BookHeader] {
        (0..<count).map { age in
            BookHeader(
                id: Int64(count - age), version: "PNBOOK-\(count - age)",
                createdAt: last.advanced(byMilliseconds: -24 * hour * Int64(age)), createdBy: "scheduled",
                isActive: age == 0)
        }
    }

    private static func text(_ forecasts: [Int64: ForecastDocument]) throws -> [Int64: String] {
        try forecasts.mapValues { try JSONDocument.compact($0) }
    }

    @Test("At every hour of three days, also where books come and go, what it says is what would be reckoned anew")
    func same() throws {
        let memory = ForecastMemory()
        let policy = RetentionPolicy.standard(zone: .utc)
        for hours in stride(from: 1, through: 72, by: 1) {
            let now = Self.night.advanced(byMilliseconds: Self.hour * Int64(hours))
            for books in [Self.books(9), Self.books(9), Self.books(8), Self.books(9, endingAt: now)] {
                let marks = BookMarks(previous: books[1].id)
                #expect(
                    try Self.text(memory.forecasts(of: books, marks, policy, now: now))
                        == Self.text(ForecastDocument.all(of: books, marks, policy, now: now)))
            }
        }
    }

    @Test("A book of the future counts as soon as its time has come")
    func future() throws {
        let memory = ForecastMemory()
        let policy = RetentionPolicy.standard(zone: .utc)
        let books = Self.books(9, endingAt: Self.night.advanced(byMilliseconds: 3 * Self.hour))
        for hours in [0, 1, 2, 3, 4] {
            let now = Self.night.advanced(byMilliseconds: Self.hour * Int64(hours))
            #expect(
                try Self.text(memory.forecasts(of: books, BookMarks(), policy, now: now))
                    == Self.text(ForecastDocument.all(of: books, BookMarks(), policy, now: now)))
        }
    }

    @Test("Another zone has other days")
    func zone() throws {
        let memory = ForecastMemory()
        let books = Self.books(9)
        let now = Self.night.advanced(byMilliseconds: Self.hour)
        for name in ["UTC", "Pacific/Auckland", "UTC"] {
            let policy = RetentionPolicy.standard(zone: try #require(Zone(identifier: name)))
            #expect(
                try Self.text(memory.forecasts(of: books, BookMarks(), policy, now: now))
                    == Self.text(ForecastDocument.all(of: books, BookMarks(), policy, now: now)))
        }
    }
}
