import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Ten years of nights, simulated with `--now`: the program's own retention, run by run
/// (<doc:Counting>).
@Suite("Ten years of nights")
struct TenYearsTests {
    /// A book a week for ten years, and every night of the last month.
    private static let nights: [Date] = {
        let (night, week) = (TimeInterval(86_400), TimeInterval(7 * 86_400))
        // Three in the morning of Sunday, 20 November 2016, UTC.
        let first = Date(timeIntervalSince1970: 1_479_610_800)
        let weekly = (0..<522).map { first + week * Double($0) }
        return weekly + (1...30).map { (weekly.last ?? first) + night * Double($0) }
    }()

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }()

    private static func day(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return "\(parts.year ?? 0)-\(twoDigits(parts.month))-\(twoDigits(parts.day))"
    }

    private static func twoDigits(_ number: Int?) -> String {
        (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)"
    }

    /// What the policy keeps of books made on `dates` (ascending): the newest of each of the last 7 days, 5 weeks,
    /// 12 months and 10 years that have books. Newest first.
    private static func kept(of dates: ArraySlice<Date>) -> [String] {
        let tiers: [(count: Int, unit: Set<Calendar.Component>)] = [
            (7, [.year, .month, .day]), (5, [.yearForWeekOfYear, .weekOfYear]), (12, [.year, .month]), (10, [.year]),
        ]
        var kept: Set<Date> = []
        for tier in tiers {
            let newest = Dictionary(
                dates.map { (calendar.dateComponents(tier.unit, from: $0), $0) }, uniquingKeysWith: max)
            kept.formUnion(newest.values.sorted(by: >).prefix(tier.count))
        }
        return kept.sorted(by: >).map(day)
    }

    /// What is left at the end, found with a calendar on paper.
    private static let byHand =
        // Seven nights.
        (9...15).reversed().map { "2026-12-\(twoDigits($0))" }
        // Of the five weeks' Sundays (and today), those that are no night of the seven; then the months' last books.
        + ["2026-12-06", "2026-11-30", "2026-11-29", "2026-11-22"]
        + [
            "2026-10-25", "2026-09-27", "2026-08-30", "2026-07-26", "2026-06-28", "2026-05-31", "2026-04-26",
            "2026-03-29", "2026-02-22", "2026-01-25",
        ]
        // The years' last Sundays.
        + [
            "2025-12-28", "2024-12-29", "2023-12-31", "2022-12-25", "2021-12-26", "2020-12-27", "2019-12-29",
            "2018-12-30", "2017-12-31",
        ]

    @Test(
        "The books that are left are those the policy says, every year and at the end", arguments: TestEngine.allCases)
    func tenYears(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 2))
        for (index, night) in Self.nights.enumerated() {
            let result = try database.pnbook("create", "--quiet", "--now", "\(Self.day(night))T03:00:00Z")
            // No warning: no retention was held back, no book seemed to be of the future.
            try #require(result.code == 0 && result.stderr == "", "\(Self.day(night)): \(result.stderr)")
            if index % 52 == 0 || index == Self.nights.count - 1 {
                let expected = Self.kept(of: Self.nights[...index]).map { "PNBOOK-\($0)-001" }
                #expect(try database.books() == [(expected.first ?? "") + "*"] + expected.dropFirst())
            }
        }
        #expect(Self.kept(of: Self.nights[...]) == Self.byHand)
        #expect(
            try database.rows("SELECT COUNT(DISTINCT book_id), COUNT(*) FROM qt_partnumber_book_items")
                == [["30", "60"]])
        #expect(try database.orphans() == "0")
        #expect(try database.rows("SELECT id FROM qt_partnumber_books WHERE is_active = 1") == [["552"]])
        #expect(try database.rows("SELECT COUNT(*) FROM pnbook_book_ledger WHERE removed_at IS NULL") == [["30"]])
        let shown = try database.succeed("show", "PNBOOK-2017-12-31-001", "--json").json
        #expect(shown["items"] == 2)
        #expect(shown["digest"] == shown["recorded_digest"])
    }
}
